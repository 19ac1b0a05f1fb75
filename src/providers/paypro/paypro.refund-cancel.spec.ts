import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { cancelRefund } from './paypro.cancel';

const trouble = { code: 'timeout', message: 'No answer.', reference: null };
const answer = (status: number, body: object = {}): ProviderReply => ({
  kind: 'answer',
  status,
  headers: {},
  body,
});
const refusal = answer(422, {
  error: { type: 'invalid_request', message: 'Refund can not be canceled' },
});
const shown = (state: string) => answer(200, { id: 'PR1', state, amount: 1, currency: 'EUR' });

/** Cancels where DELETE and GET answer like this; says what was sent as well. */
async function cancel(onDelete: ProviderReply, onGet: ProviderReply = shown('open')) {
  const sent: string[] = [];
  const send = ({ method, path }: ProviderRequest) => {
    sent.push(`${method} ${path}`);
    return Promise.resolve(method === 'DELETE' ? onDelete : onGet);
  };
  const result = await cancelRefund(new PayproClient({ send }, 'pp_key'), 'PR1');
  return { result, sent };
}

describe('canceling a refund at PayPro', () => {
  it('is one call when PayPro agrees', async () => {
    const { result, sent } = await cancel(shown('canceled'));
    expect(result).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect(sent).toEqual(['DELETE /refunds/PR1']);
  });

  it('is done when PayPro refuses because it was canceled before', async () => {
    const { result, sent } = await cancel(refusal, shown('canceled'));
    expect(result).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect(sent).toEqual(['DELETE /refunds/PR1', 'GET /refunds/PR1']);
  });

  it.each([
    ['refunded', 'final'],
    ['failed', 'final'],
    ['expired', 'final'],
    ['processing', 'request'],
  ])('is refused when the refund is %s: %s', async (state, kind) => {
    const { result } = await cancel(refusal, shown(state));
    expect(result).toMatchObject({
      outcome: 'refused',
      refusal: { kind, code: 'invalid_request', message: 'Refund can not be canceled' },
    });
  });

  it.each(['open', 'refunded', 'something_new'])(
    'is unknown when PayPro agrees and shows it as %s',
    async (state) => {
      const { result } = await cancel(shown(state));
      expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'still_not_canceled' } });
    },
  );

  it.each<[string, ProviderReply]>([
    ['stays silent', { kind: 'unknown', trouble }],
    ['cannot be reached', { kind: 'not_sent', trouble, retryAfterS: 5 }],
    ['wants no key', answer(401)],
    ['shows no amount', answer(200, { id: 'PR1', state: 'canceled' })],
    ['shows a word that nobody knows', shown('something_new')],
  ])('is unknown when the refusal cannot be explained because PayPro %s', async (_why, onGet) => {
    expect((await cancel(refusal, onGet)).result.outcome).toBe('unknown');
  });

  it.each<[string, ProviderReply]>([
    ['unknown', { kind: 'unknown', trouble }],
    ['unknown', answer(409)],
    ['not_sent', { kind: 'not_sent', trouble, retryAfterS: 5 }],
    ['not_found', answer(404)],
    ['refused', answer(401)],
  ])('passes on that it is %s, and asks nothing else', async (outcome, onDelete) => {
    const { result, sent } = await cancel(onDelete);
    expect(result.outcome).toBe(outcome);
    expect(sent).toEqual(['DELETE /refunds/PR1']);
  });
});
