import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { customerView } from '../customer-view';
import { type Customer } from '../payment';
import { announceNews } from './event-envelope';

export function customerNews(
  sandbox: Sandbox,
  customer: Customer,
  type: 'customer.created' | 'customer.updated',
): Change[] {
  const { account, id } = customer;
  const payload = customerView(sandbox, customer);
  return announceNews(sandbox, { account, type, resourceId: id, payload });
}
