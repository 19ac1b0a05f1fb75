import { type ProviderReply } from '../provider-reply';
import { withLostCustomer } from './paypro.lost-customer';
import { toResult } from './paypro.outcome';

const about = (status: number, param?: string): ProviderReply => ({
  kind: 'answer',
  status,
  headers: { 'x-request-id': 'r-1' },
  body: { error: { type: 'invalid_request', message: 'No customer has this id', param } },
});
const read = (reply: ProviderReply) =>
  withLostCustomer(
    reply,
    toResult(reply, (body) => body),
  );

describe('a customer that PayPro does not know', () => {
  it.each([
    [422, 'customer'],
    [404, undefined],
  ])('is told by %i about %s', (status, param) => {
    expect(read(about(status, param))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'provider_customer_unknown', reference: 'r-1' },
    });
  });

  it.each([
    [422, 'amount', 'refused'],
    [422, undefined, 'refused'],
    [401, 'customer', 'refused'],
    [500, 'customer', 'unknown'],
    [429, 'customer', 'not_sent'],
    [201, undefined, 'done'],
  ])('is not told by %i about %s', (status, param, outcome) => {
    const result = read(about(status, param));
    expect(result.outcome).toBe(outcome);
    expect(JSON.stringify(result)).not.toContain('provider_customer_unknown');
  });
});
