import { join } from 'node:path';
import { preferredSettings } from './laid-over';
import { type Environment } from './launcher.config';

/** Who sends the invoices of the demonstration. The IBAN is the one that banks print in examples. */
const ISSUER = {
  INVOICE_ISSUER_NAME: 'Kassa Demo BV',
  INVOICE_ISSUER_ADDRESS: 'Damrak 1',
  INVOICE_ISSUER_POSTAL: '1012 LG',
  INVOICE_ISSUER_CITY: 'Amsterdam',
  INVOICE_ISSUER_COUNTRY: 'NL',
  INVOICE_ISSUER_VAT_NUMBER: 'NL123456789B01',
  INVOICE_ISSUER_REGISTRATION_NUMBER: '12345678',
  INVOICE_ISSUER_EMAIL: 'invoices@kassa.example',
  INVOICE_ISSUER_WEBSITE: 'https://kassa.example',
  INVOICE_ISSUER_IBAN: 'NL91ABNA0417164300',
  INVOICE_ISSUER_BIC: 'ABNANL2A',
  INVOICE_LOGO_FILE: join(__dirname, 'demo-logo.png'),
};

/** The issuer of the environment where it names one, so that people see their own invoices; else ours. */
export function issuerSettings(environment: Environment): Record<string, string> {
  const isNamed = Object.keys(environment).some((name) => name.startsWith('INVOICE_ISSUER_'));
  return isNamed ? {} : preferredSettings(environment, ISSUER);
}
