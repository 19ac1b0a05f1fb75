import { listAt, textAt, valueAt } from '../../shared/json';
import { isPage, readNextCursor, readTime } from './paypro.wire';

/** Body of `POST /mandates`. See https://docs.paypro.nl/reference/api/mandates */
export interface PayproNewMandate {
  readonly customer: string;
  /** All others come from a first payment. */
  readonly pay_method: 'direct-debit';
  readonly iban: string;
  readonly account_holder_name: string;
}

/** A mandate as PayPro shows it; `null` stands for a missing key, too. Its bank account is never shown. */
export interface PayproMandate {
  readonly id: string;
  readonly state: string;
  readonly customer: string | null;
  readonly pay_method: string | null;
  readonly created_at: Date | null;
}

export interface PayproMandatePage {
  readonly mandates: readonly PayproMandate[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Undefined when the body is no mandate: every object says what it is, and a payment looks much like one. */
export function readMandate(body: unknown): PayproMandate | undefined {
  const id = textAt(body, 'id');
  const state = textAt(body, 'state');
  const isMandate = (valueAt(body, 'type') ?? 'mandate') === 'mandate';
  if (id === null || state === null || !isMandate) return undefined;
  const payMethod = valueAt(body, 'pay_method');
  return {
    id,
    state,
    customer: textAt(body, 'customer'),
    pay_method: typeof payMethod === 'string' ? payMethod : textAt(payMethod, 'id'),
    created_at: readTime(textAt(body, 'created_at')),
  };
}

/** Undefined when the body is no list of mandates, or when one of them or the way to the next page is unreadable. */
export function readMandatePage(body: unknown): PayproMandatePage | undefined {
  const nextCursor = readNextCursor(body);
  if (!isPage(body) || nextCursor === undefined) return undefined;
  const items = listAt(body, 'data');
  const mandates = items.flatMap((item) => readMandate(item) ?? []);
  return mandates.length === items.length ? { mandates, nextCursor } : undefined;
}
