import { type Caller } from '../../platform/auth/caller';
import { type Tx } from '../../platform/database/database';
import { statement } from '../../platform/database/statement';
import { readAnyId } from '../../shared/id';
import { customerForbidden } from './customers.errors';
import { ownedBySql } from './storage/owned-by';

export { customerForbidden } from './customers.errors';
export { DoubtCustomer } from './actions/doubt-customer';
export { FindMandate } from './actions/find-mandate';
export { customerBehind } from './queries/customer-behind';
export { customerDetails, type CustomerDetails } from './queries/customer-details';
export {
  BOOKED_FOR_DOCUMENTS,
  BOOKED_FOR_PAYMENTS,
  countLedgerTransactions,
  findUnbalanced,
  findUncovered,
  type LedgerSum,
  sumLedger,
} from './queries/ledger-sums';
export { ProvideCustomer } from './actions/provide-customer';
export { ownedBySql } from './storage/owned-by';
export { Ledger, type LedgerPosting } from './storage/ledger';

/**
 * SQL that is true where the subject may act for the customer; without a customer there is nothing to ask. Like
 * `accessToCustomer`, as part of a statement that does more.
 */
export function mayActForSql({ customer, subject, isStaff }: AccessPlaceholders): string {
  const owned = ownedBySql({ customer: 'c.id', subject });
  return `${customer}::uuid IS NULL OR EXISTS (
    SELECT FROM customers.customers c WHERE c.id = ${customer} AND (${isStaff} OR ${owned}))`;
}

export interface AccessPlaceholders {
  readonly customer: string;
  readonly subject: string;
  readonly isStaff: string;
}

const findAccess = statement<{ owned: boolean }>(
  'find-customer-access',
  `SELECT ${ownedBySql({ customer: 'c.id', subject: '$2' })} AS owned FROM customers.customers c WHERE c.id = $1 FOR KEY SHARE`,
);

/** A customer id as a caller wrote it; null when the text is no such id. */
export function readCustomerId(text: string): string | null {
  return readAnyId('cus', text);
}

export type CustomerAccess = 'granted' | 'unknown';

/**
 * Whether the caller may act for the customer. `unknown` is told to staff only; a user gets the same
 * `customer_forbidden` (403) for a customer of somebody else and for none at all.
 */
export async function accessToCustomer(
  tx: Tx,
  caller: Caller,
  customerId: string,
): Promise<CustomerAccess> {
  const [row] = await tx.query(findAccess, [customerId, caller.subject]);
  if (caller.role === 'staff') return row ? 'granted' : 'unknown';
  if (row?.owned) return 'granted';
  throw customerForbidden('You may only act for customers that you own.');
}
