import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { cancelPayment } from './paypro.cancel';
import { PayproClient } from './paypro.client';

const trouble = { code: 'timeout', message: 'No answer.', reference: null };
const refusal: ProviderReply = {
  kind: 'answer',
  status: 422,
  headers: {},
  body: { error: { type: 'invalid_request', message: 'Payment can not be canceled' } },
};

function shown(state: string): ProviderReply {
  return { kind: 'answer', status: 200, headers: {}, body: { id: 'PP1', state } };
}

/** Cancels where DELETE and GET answer like this; says what was sent as well. */
async function cancel(onDelete: ProviderReply, onGet: ProviderReply = shown('open')) {
  const sent: string[] = [];
  const send = ({ method, path }: ProviderRequest) => {
    sent.push(`${method} ${path}`);
    return Promise.resolve(method === 'DELETE' ? onDelete : onGet);
  };
  const result = await cancelPayment(new PayproClient({ send }, 'pp_key'), 'PP1');
  return { result, sent };
}

describe('canceling at PayPro', () => {
  it('is one call when PayPro agrees', async () => {
    const { result, sent } = await cancel(shown('canceled'));
    expect(result).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect(sent).toEqual(['DELETE /payments/PP1']);
  });

  it('is done when PayPro refuses because it was canceled before', async () => {
    const { result, sent } = await cancel(refusal, shown('canceled'));
    expect(result).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect(sent).toEqual(['DELETE /payments/PP1', 'GET /payments/PP1']);
  });

  it.each(['paid', 'processing', 'expired', 'failed'])(
    'is finally refused when the payment is %s',
    async (state) => {
      const { result } = await cancel(refusal, shown(state));
      expect(result).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'final', code: 'invalid_request', message: 'Payment can not be canceled' },
      });
    },
  );

  it('is unknown when PayPro agrees and shows another state', async () => {
    const { result } = await cancel(shown('paid'));
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'still_not_canceled' } });
  });

  it.each<[string, ProviderReply]>([
    ['stays silent', { kind: 'unknown', trouble }],
    ['cannot be reached', { kind: 'not_sent', trouble, retryAfterS: 5 }],
    ['wants no key', { kind: 'answer', status: 401, headers: {}, body: {} }],
  ])('is unknown when the refusal cannot be explained because PayPro %s', async (_why, onGet) => {
    const { result } = await cancel(refusal, onGet);
    expect(result.outcome).toBe('unknown');
  });

  it('passes on what else may come of the call', async () => {
    expect((await cancel({ kind: 'unknown', trouble })).result.outcome).toBe('unknown');
    const gone: ProviderReply = { kind: 'answer', status: 404, headers: {}, body: {} };
    expect((await cancel(gone)).result.outcome).toBe('not_found');
    expect((await cancel(refusal, gone)).result.outcome).toBe('not_found');
    const noKey: ProviderReply = { kind: 'answer', status: 401, headers: {}, body: {} };
    expect((await cancel(noKey)).result).toMatchObject({ refusal: { kind: 'merchant' } });
  });
});
