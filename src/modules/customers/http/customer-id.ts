import { noSuchCustomer } from '../actions/update-customer';
import { readCustomerId } from '../customers.facade';

/** The UUID behind an id in a path. Throws 404 for a text that is none. */
export function customerIdOf(text: string): string {
  const id = readCustomerId(text);
  if (id === null) throw noSuchCustomer();
  return id;
}
