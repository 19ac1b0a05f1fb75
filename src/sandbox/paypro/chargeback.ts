/** Only `completed` is documented: the money is gone. The other two words are ours. */
export const CHARGEBACK_STATES = ['pending', 'completed', 'reversed'] as const;

/** Money that a payer had their bank take back: https://docs.paypro.nl/reference/api/chargebacks/ */
export interface Chargeback {
  id: string;
  /** The API key whose payment it is of. */
  account: string;
  payment: string;
  /** Whole cents; the wire carries a JSON integer, which is exact up to 2^53. */
  amount: number;
  description: string;
  reason: string | null;
  state: (typeof CHARGEBACK_STATES)[number];
  chargedBackAt: string | null;
  createdAt: string;
}
