import { type Caller } from '../../../platform/auth/caller';
import { invalidRequest } from '../../../platform/http/http.errors';
import { type IdempotencyClaim } from '../../../platform/http/idempotency';
import { readAnyId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type RefundPaymentInput } from '../actions/refund-payment';
import { type RefundFilter } from '../queries/refund-queries';
import { type PaymentRow } from '../storage/payment.row';
import { type CreateRefundRequest, type ListRefundsQuery } from './refund.requests';

/** A validated request as the action takes it; refuses parts that contradict each other. */
export function toRefundInput(
  from: { caller: Caller; idempotency: IdempotencyClaim | null; payment: PaymentRow },
  body: CreateRefundRequest,
): RefundPaymentInput {
  const { currency } = from.payment;
  if (body.currency && body.currency !== currency) {
    refuse('/currency', `The payment is in ${currency}: send that, or leave currency out.`);
  }
  const holderName = body.account_holder_name ?? null;
  if (body.iban && holderName === null) {
    refuse('/account_holder_name', 'Send account_holder_name with iban: banks compare the two.');
  }
  return {
    ...from,
    amount: typeof body.amount === 'number' ? Money.of(BigInt(body.amount), currency) : null,
    description: body.description ?? null,
    reason: body.reason ?? null,
    account: holderName === null ? null : { holderName, iban: body.iban ?? null },
  };
}

export function toRefundFilter(query: ListRefundsQuery): RefundFilter {
  return {
    paymentId: query.payment === undefined ? null : filteredPayment(query.payment),
    state: query.state ?? null,
    provider: query.provider ?? null,
  };
}

function filteredPayment(text: string): string {
  const id = readAnyId('pay', text);
  return id ?? refuse('?payment', 'This is no payment id. Send one such as pay_….');
}

function refuse(pointer: string, detail: string): never {
  throw invalidRequest(detail, { errors: [{ pointer, code: 'refund', detail }] });
}
