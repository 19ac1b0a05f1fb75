/** SQL that is true where the column `customer` holds one whose owners include the placeholder `subject`. */
export function ownedBySql({ customer, subject }: Record<'customer' | 'subject', string>): string {
  return `EXISTS (SELECT FROM customers.owners o WHERE o.customer_id = ${customer} AND o.subject = ${subject})`;
}
