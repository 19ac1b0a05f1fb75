import { type Answer } from '../http/answer';
import { type JsonObject, textMember } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { chargeOf } from './charge-mandate';
import { type Mandate } from './mandate';
import { type Payment } from './payment';
import { brokenPaymentRule } from './payment-rules';
import { newPayment } from './payments';
import { seconds } from './time';

/** PayPro itself charges a mandate for a subscription or an installment plan; an answer is the refusal. */
export function makeRecurringPayment(
  sandbox: Sandbox,
  mandate: Mandate,
  body: JsonObject,
): Payment | Answer {
  const { store } = sandbox;
  const wish = {
    amount: body['amount'],
    currency: 'EUR',
    description: body['description'] ?? 'Recurring payment',
    metadata: body['metadata'],
    mandate: mandate.id,
  };
  const known = { hasCustomer: () => false, mandateOf: () => mandate };
  const refusal = brokenPaymentRule(wish, known);
  if (refusal) return refusal;
  const plan = textMember(body, 'installment_plan') ?? null;
  const subscription = textMember(body, 'subscription') ?? null;
  const base = { account: mandate.account, createdAt: seconds(store.now()) };
  const payment: Payment = {
    ...newPayment(wish, base),
    installmentPlan: plan,
    subscription: plan === null ? (subscription ?? payproId('PS')) : null,
  };
  const { moved, changes } = chargeOf(sandbox, payment, mandate);
  store.commit(...changes);
  return moved;
}
