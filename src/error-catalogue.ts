import { compatibilityErrors } from './modules/compatibility/compatibility.errors';
import { customersErrors } from './modules/customers/customers.errors';
import { invoicesErrors } from './modules/invoices/invoices.errors';
import { conflictsErrors, reviewsErrors } from './modules/payments/payments.facade';
import { paymentsErrors } from './modules/payments/payments.errors';
import { webhooksErrors } from './modules/webhooks/webhooks.errors';
import { httpErrors } from './platform/http/http.errors';
import { pdfErrors } from './platform/pdf/pdf.errors';
import { ErrorCatalogue } from './platform/problems/error-catalogue';
import { providersErrors } from './providers/providers.errors';

/** Every error code of every part, in arrow order. */
export const errorCatalogue = new ErrorCatalogue([
  { name: 'Every route', folder: 'src/platform/http', errors: httpErrors },
  { name: 'PDFs', folder: 'src/platform/pdf', errors: pdfErrors },
  { name: 'Providers', folder: 'src/providers', errors: providersErrors },
  { name: 'Customers', folder: 'src/modules/customers', errors: customersErrors },
  {
    name: 'Payments',
    folder: 'src/modules/payments',
    errors: [...paymentsErrors, ...conflictsErrors, ...reviewsErrors],
  },
  { name: 'Invoices', folder: 'src/modules/invoices', errors: invoicesErrors },
  { name: 'Webhooks', folder: 'src/modules/webhooks', errors: webhooksErrors },
  {
    name: 'Compatibility',
    folder: 'src/modules/compatibility',
    note: 'the older API tells these as `{"detail": …}`, or as messages by field, without the code',
    errors: compatibilityErrors,
  },
]);
