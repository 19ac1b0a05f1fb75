import { listAt, textAt, valueAt } from '../../shared/json';
import { isPage, readCents, readNextCursor, readTime } from './paypro.wire';

/**
 * A refund as PayPro shows it. Only `id` and `state` are certain; `null` stands for a missing key, too.
 * See https://docs.paypro.nl/reference/api/refunds
 */
export interface PayproRefund {
  readonly id: string;
  readonly state: string;
  /** Cents; null also when it is no whole number that a double holds exactly. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly reason: string | null;
  /** The id of the payment that it is of. */
  readonly payment: string | null;
  readonly created_at: Date | null;
}

/** One page of a list of refunds. See https://docs.paypro.nl/pagination.html */
export interface PayproRefundPage {
  readonly refunds: readonly PayproRefund[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Undefined when the body is no refund: every object says what it is, and a payment looks much like one. */
export function readRefund(body: unknown): PayproRefund | undefined {
  const id = textAt(body, 'id');
  const state = textAt(body, 'state');
  const cents = readCents(valueAt(body, 'amount'));
  const isRefund = (valueAt(body, 'type') ?? 'refund') === 'refund';
  if (id === null || state === null || !isRefund) return undefined;
  return {
    id,
    state,
    amount: cents === null ? null : BigInt(cents),
    currency: textAt(body, 'currency'),
    reason: textAt(body, 'reason'),
    payment: textAt(body, 'payment'),
    created_at: readTime(textAt(body, 'created_at')),
  };
}

/** Undefined when the body is no list of refunds, or when one of them or the way to the next page is unreadable. */
export function readRefundPage(body: unknown): PayproRefundPage | undefined {
  const nextCursor = readNextCursor(body);
  if (!isPage(body) || nextCursor === undefined) return undefined;
  const items = listAt(body, 'data');
  const refunds = items.flatMap((item) => readRefund(item) ?? []);
  return refunds.length === items.length ? { refunds, nextCursor } : undefined;
}
