import { defineError } from '../../shared/app-error';

export const compatibilityDisabled = defineError('compatibility_disabled', {
  status: 424,
  title: 'The older API is switched off',
  cure: 'Use /api/payments, or ask the operator to set COMPAT_ENABLED.',
});

export const methodNotAllowed = defineError('method_not_allowed', {
  status: 405,
  title: 'The address has no such method',
  cure: 'Use one of the methods in `Allow`.',
});

export const fieldsInvalid = defineError('fields_invalid', {
  status: 400,
  title: 'Fields are missing or wrong',
  cure: 'Correct the fields that the answer names.',
});

export const pageInvalid = defineError('page_invalid', {
  status: 404,
  title: 'The list has no such page',
  cure: 'Follow the addresses in `Link`.',
});

export const paymentDoesNotExist = defineError('payment_does_not_exist', {
  status: 404,
  title: 'No such payment',
  cure: 'Send `payment_id` and `token` of one payment as they came in the return URL.',
});

export const invoiceDoesNotExist = defineError('invoice_does_not_exist', {
  status: 404,
  title: 'No such invoice, or no PDF of it',
  cure: 'Take the addresses from the list of invoices; `pdf` is null while there is none.',
});

export const gatewayFailed = defineError('gateway_failed', {
  status: 500,
  title: 'The payment provider refused or did not answer',
  cure: 'Read the payment: `state` and `error_message` say what is known. A payment that is `Created` can be approved again.',
});

export const compatibilityErrors = [
  compatibilityDisabled,
  methodNotAllowed,
  fieldsInvalid,
  pageInvalid,
  paymentDoesNotExist,
  invoiceDoesNotExist,
  gatewayFailed,
];
