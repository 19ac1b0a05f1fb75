import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type Refund } from './refund';

/** A refund as every answer and event shows it; the account that it goes to is not shown. */
export function refundView(sandbox: Sandbox, refund: Refund): JsonObject {
  const base = `${sandbox.publicUrl()}/paypro`;
  return {
    id: refund.id,
    type: 'refund',
    amount: refund.amount,
    currency: 'EUR',
    description: refund.description,
    reason: refund.reason,
    payment: refund.payment,
    state: refund.state,
    refunded_at: refund.refundedAt,
    created_at: refund.createdAt,
    _links: {
      self: `${base}/refunds/${refund.id}`,
      payment: `${base}/payments/${refund.payment}`,
    },
  };
}
