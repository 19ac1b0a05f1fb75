import { type JsonObject } from '../../http/json';

/** What a payment of Payments v1 has beside an order: https://developer.paypal.com/docs/api/payments/v1/ */
export interface V1Details {
  /** `EC-…`, by which its pay page goes. */
  token: string;
  /** The one transaction as its maker sent it, with the amount in PayPal's spelling. */
  transaction: JsonObject;
  noteToPayer: string | null;
  /** When nobody can see it any more, long after the payer could no longer approve it. */
  vanishesAtMs: number;
  /** Set for a payment that failed for good. */
  failureReason: string | null;
}
