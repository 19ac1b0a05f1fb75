import { invalidRequest } from '../../../platform/http/http.errors';
import { type RefundOps, type RefundOrder } from '../../../providers/provider-parts';
import { showId } from '../../../shared/id';
import { minorToJson, Money } from '../../../shared/money/money';
import { chooseRefund } from '../domain/refund-room';
import { invalidState, nothingToRefund, refundTooHigh } from '../payments.errors';
import { type PaymentRow } from '../storage/payment.row';
import { type RefundRoom } from '../storage/refunds.repository';

interface AccountChoice {
  readonly payment: PaymentRow;
  readonly account: RefundOrder['account'];
}

/** 422 with the names of what this pay method needs and the caller left out, or sent needlessly; nothing was written. */
export function refuseAccount(ops: RefundOps, choice: AccountChoice): void {
  refuseNeedless(ops, choice);
  refuseMissing(ops, choice);
}

/** Money goes back the way it came; whoever holds a caller's key must not send it anywhere else. */
function refuseNeedless(ops: RefundOps, { payment, account }: AccountChoice): void {
  // Without the pay method nobody knows whether the provider asks for an account.
  if (account === null || payment.pay_method === null) return;
  const needed = ops.missing?.({ payMethod: payment.pay_method, account: null }) ?? [];
  if (needed.length > 0) return;
  const needless = ['account_holder_name', ...(account.iban === null ? [] : ['iban'])];
  const detail = `A payment by ${payment.pay_method} is refunded to where it came from: leave out ${needless.join(' and ')}.`;
  const errors = needless.map((name) => ({ pointer: `/${name}`, code: 'not_needed', detail }));
  throw invalidRequest(detail, { errors });
}

function refuseMissing(ops: RefundOps, { payment, account }: AccountChoice): void {
  const missing = ops.missing?.({ payMethod: payment.pay_method, account }) ?? [];
  if (missing.length === 0) return;
  const detail = `A payment by ${payment.pay_method ?? 'this pay method'} is refunded to a bank account: send ${missing.join(' and ')}.`;
  const errors = missing.map((name) => ({ pointer: `/${name}`, code: 'required', detail }));
  throw invalidRequest(detail, { errors });
}

/** 409 while no money was taken. */
export function refuseUncaptured(payment: PaymentRow): void {
  if (payment.captured_minor !== '0') return;
  const members = { payment: showId('pay', payment.id), state: payment.state };
  const detail = `A payment that is ${payment.state} cannot be refunded: no money was taken.`;
  throw invalidState(detail, { members });
}

/** How much goes back from which capture; throws when that is more than there is. */
export function chooseFor(
  payment: PaymentRow,
  room: RefundRoom,
  wanted: Money | null,
): { readonly amount: Money; readonly captureRef: string } {
  const { currency } = payment;
  const choice = chooseRefund(
    {
      captured: BigInt(payment.captured_minor),
      refunded: BigInt(payment.refunded_minor),
      reserved: BigInt(room.reserved_minor),
      chargedBack: BigInt(room.charged_back_minor),
      captures: room.captures.map(({ ref, left_minor }) => ({ ref, left: BigInt(left_minor) })),
    },
    wanted?.minor ?? null,
  );
  switch (choice.kind) {
    case 'fits':
      return { amount: Money.of(choice.amount, currency), captureRef: choice.captureRef };
    case 'nothing_left': {
      const detail = 'All that was taken was refunded, is being refunded, or was charged back.';
      throw nothingToRefund(detail, { members: { payment: showId('pay', payment.id) } });
    }
    case 'too_much':
      throw tooHigh(payment, choice.left, 'is left to refund');
    case 'in_parts':
      throw tooHigh(payment, choice.most, 'can go back at once, as the money was taken in parts');
  }
}

function tooHigh({ id, currency }: PaymentRow, most: bigint, why: string) {
  const shown = Money.of(most, currency).toString();
  const detail = `At most ${shown} ${why}. Send an amount of up to ${most}.`;
  const errors = [{ pointer: '/amount', code: 'refund_too_high', detail }];
  const members = { payment: showId('pay', id), refundable_amount: minorToJson(most) };
  return refundTooHigh(detail, { errors, members });
}
