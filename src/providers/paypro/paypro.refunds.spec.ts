import { systemClock } from '../../shared/clock';
import { Money } from '../../shared/money/money';
import { type ProviderRequest } from '../provider-http';
import { type RefundOrder } from '../provider-parts';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { PayproRefunds } from './paypro.refunds';

const order: RefundOrder = {
  reference: 'ref_1',
  providerId: 'PP1',
  captureId: 'PP1',
  key: 'v1.1.refund.1',
  amount: Money.of(500n, 'EUR'),
  description: null,
  reason: null,
  account: null,
};

const refund = { id: 'PR1', type: 'refund', state: 'open', amount: 500, currency: 'EUR' };
const trouble = { code: 'timeout', message: 'No answer.', reference: null };

function answer(status: number, body: unknown): ProviderReply {
  return { kind: 'answer', status, body, headers: {} };
}

/** Refunds at a PayPro that always replies like this, and what it was asked. */
function refundsOver(reply: ProviderReply) {
  const sent: ProviderRequest[] = [];
  const send = (request: ProviderRequest) => {
    sent.push(request);
    return Promise.resolve(reply);
  };
  return { refunds: new PayproRefunds(new PayproClient({ send }, 'pp_key'), systemClock), sent };
}

describe('refunding at PayPro', () => {
  it('is one POST below the payment, with an amount and without a currency', async () => {
    const { refunds, sent } = refundsOver(answer(201, refund));
    await refunds.refund({ ...order, providerId: 'PP/1' });
    expect(sent).toMatchObject([
      { method: 'POST', path: '/payments/PP%2F1/refunds', purpose: 'refund' },
    ]);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ amount: 500, reason: 'ref_1' });
  });

  it('promises no repeat', () => {
    expect(refundsOver(answer(201, refund)).refunds.repeatMs).toBe(0);
  });

  it('sends nothing in another currency', async () => {
    const { refunds, sent } = refundsOver(answer(201, refund));
    const result = await refunds.refund({ ...order, amount: Money.of(500n, 'USD') });
    expect(result).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'currency_not_supported' },
    });
    expect(sent).toEqual([]);
  });

  it.each<[string, ProviderReply, string]>([
    ['201', answer(201, refund), 'done'],
    ['200', answer(200, refund), 'done'],
    ['a word of its own', answer(201, { ...refund, state: 'something_new' }), 'done'],
    ['422', answer(422, { error: {} }), 'refused'],
    ['401', answer(401, {}), 'refused'],
    ['404', answer(404, {}), 'not_found'],
    ['429', answer(429, {}), 'not_sent'],
    ['409', answer(409, {}), 'unknown'],
    ['400', answer(400, {}), 'unknown'],
    ['503', answer(503, {}), 'unknown'],
    ['422 without JSON', answer(422, undefined), 'unknown'],
    ['201 without an amount', answer(201, { ...refund, amount: null }), 'unknown'],
    ['201 with the payment', answer(201, { ...refund, type: 'payment' }), 'unknown'],
    ['201 with nothing in it', answer(201, {}), 'unknown'],
    ['201 without JSON', answer(201, undefined), 'unknown'],
    ['nothing in time', { kind: 'unknown', trouble }, 'unknown'],
    [
      'nothing, as it could not be reached',
      { kind: 'not_sent', trouble, retryAfterS: 5 },
      'not_sent',
    ],
  ])('that is answered with %s is %s', async (_what, reply, outcome) => {
    const { refunds, sent } = refundsOver(reply);
    expect((await refunds.refund(order)).outcome).toBe(outcome);
    expect(sent).toHaveLength(1);
  });

  it('reports the amount and the payment of the answer, not those that were asked for', async () => {
    const { refunds } = refundsOver(answer(201, { ...refund, amount: 501, payment: 'PP2' }));
    expect(await refunds.refund(order)).toMatchObject({
      outcome: 'done',
      value: { amount: Money.of(501n, 'EUR'), captureId: 'PP2' },
    });
  });

  it('reads by the id of the refund', async () => {
    const { refunds, sent } = refundsOver(answer(200, refund));
    const ids = { refundId: 'PR1/x?y', providerId: 'PP1' };
    expect(await refunds.read(ids)).toMatchObject({ outcome: 'done', value: { refundId: 'PR1' } });
    expect(sent).toMatchObject([{ method: 'GET', path: '/refunds/PR1%2Fx%3Fy' }]);
  });
});
