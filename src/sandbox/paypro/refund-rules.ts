import { type Answer } from '../http/answer';
import { type JsonObject, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { invalid } from './errors';
import { isIban } from './iban';
import { hasMoney, type Payment } from './payment';
import { leftToRefund } from './refund-sums';

const NEEDS_HOLDER = new Set(['bancontact', 'creditcard']);
const NEEDS_IBAN = new Set(['bancontact']);
/** Plausible; the documentation gives no length. */
const MAX_TEXT = 255;
const TEXTS = ['description', 'reason', 'account_holder_name', 'iban'];

/** The first broken rule of a refund; PayPro names one parameter at a time. */
export function brokenRefundRule(
  sandbox: Sandbox,
  payment: Payment,
  body: JsonObject,
): Answer | undefined {
  if (!hasMoney(payment)) {
    return invalid('payment', `A payment that is ${payment.state} cannot be refunded`);
  }
  return (
    amountRule(sandbox, payment, body['amount']) ?? textRule(body) ?? accountRule(payment, body)
  );
}

/** Also for the dashboard, which knows the payer's account itself. */
export function amountRule(
  { store }: Sandbox,
  payment: Payment,
  amount: unknown,
): Answer | undefined {
  const left = leftToRefund(store.moneyBack, payment);
  if (left <= 0) return invalid('amount', 'The payment has been refunded in full');
  if (amount === undefined || amount === null) return undefined;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
    return invalid('amount', 'Amount must be a whole number of cents above zero');
  }
  return amount > left ? invalid('amount', `Amount is above the ${left} cents left`) : undefined;
}

function textRule(body: JsonObject): Answer | undefined {
  const bad = TEXTS.find((name) => {
    const value = body[name] ?? '';
    return typeof value !== 'string' || value.length > MAX_TEXT;
  });
  return bad === undefined
    ? undefined
    : invalid(bad, `${bad} must be a text of ${MAX_TEXT} characters at most`);
}

/** Cards and Bancontact do not tell PayPro whose account the money goes back to. */
function accountRule({ payMethod }: Payment, body: JsonObject): Answer | undefined {
  const method = payMethod ?? '';
  const holder = textMember(body, 'account_holder_name') ?? '';
  if (NEEDS_HOLDER.has(method) && holder.trim() === '') {
    return invalid('account_holder_name', `A refund of ${method} needs account_holder_name`);
  }
  const iban = textMember(body, 'iban') ?? '';
  if (iban === '' && NEEDS_IBAN.has(method)) {
    return invalid('iban', `A refund of ${method} needs iban`);
  }
  return iban === '' || isIban(iban) ? undefined : invalid('iban', 'iban is not an IBAN');
}
