import { type JsonObject } from '../http/json';

interface Movement {
  /** A capture brings money in; a `chargeback_reversal` brings it back; all others take it out. */
  kind: 'capture' | 'refund' | 'reversal' | 'chargeback' | 'chargeback_reversal';
  id: string;
  /** Decimal text in the currency's own decimals, such as "12.50". */
  amount: string;
  currency: string;
  /** RFC 3339, by the simulator's clock. */
  at: string;
}

/** One movement of money that really happened, with the reference its creator attached to it. */
export type LedgerEntry =
  | (Movement & {
      gateway: 'paypal';
      order_id: string;
      /** Missing for the capture itself. */
      capture_id?: string;
      custom_id: string | null;
    })
  | (Movement & { gateway: 'paypro'; payment_id: string; metadata: JsonObject });
