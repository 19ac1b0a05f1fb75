import { textAt, valueAt, type JsonObject } from '../../shared/json';
import { readCents, readTime } from './paypro.wire';

/**
 * A chargeback as PayPro shows it. Only `id` and `state` are certain; `null` stands for a missing key, too.
 * See https://docs.paypro.nl/reference/api/chargebacks
 */
export interface PayproChargeback {
  readonly id: string;
  readonly state: string;
  /** Cents; null also when it is no whole number that a double holds exactly. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  /** A SEPA code such as `MD06`. */
  readonly reason: string | null;
  /** The id of the payment that it is of. */
  readonly payment: string | null;
  readonly created_at: Date | null;
  /** The whole object. */
  readonly raw: JsonObject;
}

/** Undefined when the body is no chargeback: every object says what it is, and a refund looks much like one. */
export function readChargeback(body: unknown): PayproChargeback | undefined {
  const id = textAt(body, 'id');
  const state = textAt(body, 'state');
  const cents = readCents(valueAt(body, 'amount'));
  const isChargeback = (valueAt(body, 'type') ?? 'chargeback') === 'chargeback';
  if (id === null || state === null || !isChargeback) return undefined;
  return {
    id,
    state,
    amount: cents === null ? null : BigInt(cents),
    currency: textAt(body, 'currency'),
    reason: textAt(body, 'reason'),
    payment: textAt(body, 'payment'),
    created_at: readTime(textAt(body, 'created_at')),
    raw: body as JsonObject,
  };
}
