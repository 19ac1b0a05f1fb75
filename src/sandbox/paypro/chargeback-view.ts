import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type Chargeback } from './chargeback';

/** A chargeback as every answer and event shows it. */
export function chargebackView(sandbox: Sandbox, chargeback: Chargeback): JsonObject {
  const base = `${sandbox.publicUrl()}/paypro`;
  return {
    id: chargeback.id,
    type: 'chargeback',
    amount: chargeback.amount,
    currency: 'EUR',
    description: chargeback.description,
    reason: chargeback.reason,
    payment: chargeback.payment,
    state: chargeback.state,
    charged_back_at: chargeback.chargedBackAt,
    created_at: chargeback.createdAt,
    _links: {
      self: `${base}/chargebacks/${chargeback.id}`,
      payment: `${base}/payments/${chargeback.payment}`,
    },
  };
}
