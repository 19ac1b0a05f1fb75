import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

const isOlder = statement<{ older: boolean }>(
  'is-payment-older',
  `SELECT created_at < now() - $2::int * interval '1 second' AS older FROM payments.payments WHERE id = $1`,
);

/** Whether a payment was made more than `seconds` ago, by the database's clock, which all processes share. */
export async function isOlderThan(tx: Tx, paymentId: string, seconds: number): Promise<boolean> {
  const [row] = await tx.query(isOlder, [paymentId, seconds]);
  return row?.older ?? false;
}
