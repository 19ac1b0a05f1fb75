import { defineError } from '../../shared/app-error';
import { exampleIds } from '../../shared/example-ids';

export const conflictNotFound = defineError('conflict_not_found', {
  status: 404,
  title: 'No such conflict of the payment',
  cure: 'Use the id of one of the payment’s conflicts; list them at GET /api/payments/{id}/conflicts.',
  example: { detail: 'The payment has no conflict with this id.' },
});

export const conflictClosed = defineError('conflict_closed', {
  status: 409,
  title: 'The conflict is closed',
  cure: 'Read the conflicts of the payment again: `closed_by` and `note` say who closed it, and why.',
  example: {
    detail: 'This conflict was closed before. Read who closed it, and why.',
    members: { payment: exampleIds.paidPaypro },
  },
});

export const conflictNotClosable = defineError('conflict_not_closable', {
  status: 409,
  title: 'The payment may still take money',
  cure: 'Cancel the payment, or refresh it once the provider shows it right; what is open once it is paid or has ended can be closed.',
  example: {
    detail:
      'The payment is open and may still take money: as long as that is so, nobody closes its conflicts.',
    members: { payment: exampleIds.openPaypal, state: 'open' },
  },
});

export const conflictsErrors = [conflictNotFound, conflictClosed, conflictNotClosable];
