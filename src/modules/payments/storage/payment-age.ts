import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

const isOlder = statement<{ older: boolean }>(
  'is-payment-older',
  `SELECT created_at < now() - $2::int * interval '1 second' AS older FROM payments.payments WHERE id = $1`,
);

const hasHoldEnded = statement<{ ended: boolean }>(
  'has-payment-hold-ended',
  `SELECT coalesce(authorization_expires_at < now() - $2::int * interval '1 second', false) AS ended
   FROM payments.payments WHERE id = $1`,
);

/** Whether a payment was made more than `seconds` ago, by the database's clock, which all processes share. */
export async function isOlderThan(tx: Tx, paymentId: string, seconds: number): Promise<boolean> {
  const [row] = await tx.query(isOlder, [paymentId, seconds]);
  return row?.older ?? false;
}

/** Whether the hold of a payment ended more than `seconds` ago, by the same clock; no when nobody said when it ends. */
export async function hasHoldEndedFor(
  tx: Tx,
  paymentId: string,
  seconds: number,
): Promise<boolean> {
  const [row] = await tx.query(hasHoldEnded, [paymentId, seconds]);
  return row?.ended ?? false;
}
