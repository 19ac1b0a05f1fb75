import { defineError } from '../../shared/app-error';

export const customerNotFound = defineError('customer_not_found', {
  status: 404,
  title: 'No such customer',
  cure: 'Use the id of a customer that your key may see; list them at GET /api/customers.',
  example: { detail: 'There is no customer with this id, or it is not yours.' },
});

export const customerForbidden = defineError('customer_forbidden', {
  status: 403,
  title: 'Not your customer',
  cure: 'Act only for customers that list your key’s subject as an owner, or use a staff key.',
  example: { detail: 'You may only act for customers that you own.' },
});

export const mandateNotFound = defineError('mandate_not_found', {
  status: 404,
  title: 'No such mandate',
  cure: 'List the mandates of the customer at GET /api/customers/{id}/mandates.',
  example: { detail: 'The customer has no mandate with this id.' },
});

export const customersErrors = [customerNotFound, customerForbidden, mandateNotFound];
