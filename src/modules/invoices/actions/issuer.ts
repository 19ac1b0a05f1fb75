import { type Issuer } from '../domain/invoice-document';
import { type InvoicesSettings } from '../invoices.settings';

/** Who sends the invoices, as configured; a name that is missing is an empty one, which the law refuses. */
export function issuerOf(settings: InvoicesSettings): Issuer {
  return {
    name: settings.INVOICE_ISSUER_NAME ?? '',
    address: settings.INVOICE_ISSUER_ADDRESS,
    postal: settings.INVOICE_ISSUER_POSTAL,
    city: settings.INVOICE_ISSUER_CITY,
    country: settings.INVOICE_ISSUER_COUNTRY,
    vat_number: settings.INVOICE_ISSUER_VAT_NUMBER,
    registration_number: settings.INVOICE_ISSUER_REGISTRATION_NUMBER,
    email: settings.INVOICE_ISSUER_EMAIL,
    phone: settings.INVOICE_ISSUER_PHONE,
    website: settings.INVOICE_ISSUER_WEBSITE,
    iban: settings.INVOICE_ISSUER_IBAN,
    bic: settings.INVOICE_ISSUER_BIC,
    logo: settings.INVOICE_LOGO_FILE,
  };
}
