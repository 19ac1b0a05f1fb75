import { isCurrency } from '../../shared/money/currency';
import { Money, minorToJson } from '../../shared/money/money';
import { type CallResult } from '../provider-call';
import { type ProviderRefund, type RefundOrder } from '../provider-parts';
import { type PayproRefund } from './paypro.refunds.wire';
import { type PayproNewRefund } from './paypro.wire';

/** PayPro's states of a refund: https://docs.paypro.nl/payments/refunds.html */
const STATES: ReadonlyMap<string, ProviderRefund['state']> = new Map([
  ['open', 'pending'],
  ['pending', 'pending'],
  ['processing', 'pending'],
  ['refunded', 'refunded'],
  ['canceled', 'canceled'],
  ['failed', 'failed'],
  ['expired', 'failed'],
]);

/** Our reference stands before the caller's own reason, where nothing that shortens a text takes it away. */
const REASON = /^(ref_\w{1,60})(?:: |$)/;

/** Pay methods that do not tell PayPro whose account the money goes back to → what it must be told instead. */
const NEEDS: ReadonlyMap<string, readonly AccountField[]> = new Map([
  ['bancontact', ['account_holder_name', 'iban']],
  ['creditcard', ['account_holder_name']],
]);

type AccountField = 'account_holder_name' | 'iban';
type Account = RefundOrder['account'];

/**
 * A refund at PayPro holds no metadata. Its reason is given back and not shown to the payer, so our reference
 * travels there.
 */
export function toNewRefund(order: RefundOrder): PayproNewRefund {
  const { reference, description, reason, account } = order;
  return {
    amount: minorToJson(order.amount.minor),
    reason: reason ? `${reference}: ${reason}` : reference,
    ...(description ? { description } : {}),
    ...toAccountFields(account),
  };
}

/** An answer without an amount cannot be compared with what was asked for, so it says nothing certain. */
export function toProviderRefund(refund: PayproRefund): CallResult<ProviderRefund> {
  const amount = toMoney(refund);
  if (amount === null) {
    const message = `The answer shows ${refund.id} as ${refund.state} without its amount.`;
    const trouble = { code: 'answer_incomplete', message, reference: null };
    return { outcome: 'unknown', trouble };
  }
  const value: ProviderRefund = {
    refundId: refund.id,
    state: STATES.get(refund.state) ?? 'unknown',
    providerState: refund.state,
    amount,
    reference: REASON.exec(refund.reason ?? '')?.[1] ?? null,
    // PayPro knows no captures: the payment itself is the one that took the money.
    captureId: refund.payment,
    createdAt: refund.created_at,
  };
  return { outcome: 'done', value };
}

export function missingFields(payMethod: string | null, account: Account): readonly string[] {
  const given = toAccountFields(account);
  return (NEEDS.get(payMethod ?? '') ?? []).filter((field) => given[field] === undefined);
}

/** Blank ones are left out: they say no more than missing ones. */
function toAccountFields(account: Account): { readonly [field in AccountField]?: string } {
  const holderName = account?.holderName.trim() ?? '';
  const iban = account?.iban?.trim() ?? '';
  return {
    ...(holderName === '' ? {} : { account_holder_name: holderName }),
    ...(iban === '' ? {} : { iban }),
  };
}

function toMoney({ amount, currency }: PayproRefund): Money | null {
  if (amount === null || currency === null || !isCurrency(currency)) return null;
  return Money.of(amount, currency);
}
