import { type Tx } from '../../../platform/database/database';
import { inProgressFor, type SubjectPayments } from '../../payments/payments.facade';
import { type InvoiceRow } from '../storage/invoice.row';

/** Throws `payment_in_progress` (409) when a payment may still bring money for the invoice, whose lock is held. */
export async function refuseWhilePaying(
  tx: Tx,
  payments: SubjectPayments,
  { id }: InvoiceRow,
): Promise<void> {
  const subject = { kind: 'invoice', id };
  const live = await payments.live(subject, tx);
  if (live) throw inProgressFor(subject, live);
}
