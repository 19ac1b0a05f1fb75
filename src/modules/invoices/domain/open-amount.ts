/** What happened to the money of an issued invoice, in minor units. */
export interface InvoiceMoney {
  readonly total: bigint;
  /** Taken back by credit notes. */
  readonly credited: bigint;
  /** Paid, at its highest; what went back is not subtracted. */
  readonly captured: bigint;
  readonly refunded: bigint;
  /** Taken by chargebacks. */
  readonly chargedBack: bigint;
}

/** What is still to be paid. Money that was given back is not owed again: a credit note says what becomes of the debt. */
export function openAmount({ total, credited, captured }: InvoiceMoney): bigint {
  const open = total - credited - captured;
  return open > 0n ? open : 0n;
}

/** What we hold beyond what is owed; it stays on the customer's balance. */
export function overpaidAmount({
  total,
  credited,
  captured,
  refunded,
  chargedBack,
}: InvoiceMoney): bigint {
  const over = captured - refunded - chargedBack - (total - credited);
  return over > 0n ? over : 0n;
}

/** Credit notes took all of the money back, whatever quantities are left: nothing is owed any more, and nothing was paid by it. */
export function isWhollyCredited({ total, credited }: InvoiceMoney): boolean {
  return credited === total;
}
