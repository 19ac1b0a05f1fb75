import { type AppError } from '../../../shared/app-error';
import { type Caller } from '../../../platform/auth/caller';
import { customerForbidden } from '../../customers/customers.facade';
import { customerUnknown } from '../payments.errors';

/** Staff may know that there is no such customer; a user is told the same as for somebody else's. */
export function refusedAccess(caller: Caller): AppError {
  if (caller.role === 'user') {
    return customerForbidden('You may only act for customers that you own.');
  }
  const detail = 'There is no such customer. Create it at POST /api/customers first.';
  const errors = [{ pointer: '/customer', code: 'customer_unknown', detail }];
  return customerUnknown(detail, { errors });
}
