import { type JsonObject } from '../http/json';

interface Movement {
  kind: 'capture';
  id: string;
  /** Decimal text in the currency's own decimals, such as "12.50". */
  amount: string;
  currency: string;
  /** RFC 3339, by the simulator's clock. */
  at: string;
}

/** One movement of money that really happened, with the reference its creator attached to it. */
export type LedgerEntry =
  | (Movement & { gateway: 'paypal'; order_id: string; custom_id: string | null })
  | (Movement & { gateway: 'paypro'; payment_id: string; metadata: JsonObject });
