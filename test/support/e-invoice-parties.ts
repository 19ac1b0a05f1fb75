import { type InvoiceDocument } from '../../src/modules/invoices/domain/invoice-document';

export const ISSUER: InvoiceDocument['issuer'] = {
  name: 'Kassa Voorbeeld B.V.',
  address: 'Keizersgracht 1',
  postal: '1015 CC',
  city: 'Amsterdam',
  country: 'NL',
  vat_number: 'NL123456789B01',
  registration_number: '12345678',
  email: 'facturen@kassa.example',
  phone: '+31 20 123 4567',
  website: 'https://kassa.example',
  iban: 'NL02 ABNA 0123 4567 89',
  bic: 'ABNANL2A',
  logo: null,
};

export const CUSTOMER: InvoiceDocument['customer'] = {
  id: 'cus_01kd0000000000000000000001',
  name: 'Bakkerij de Zon',
  contact_name: 'J. Jansen',
  email: 'inkoop@dezon.example',
  vat_number: 'NL987654321B01',
  address: 'Dorpsstraat 12',
  postal: '3511 AB',
  city: 'Utrecht',
  country: 'NL',
};

export const BELGIAN: InvoiceDocument['customer'] = {
  ...CUSTOMER,
  name: 'Brouwerij Zuid NV',
  vat_number: 'BE 0123.456.749',
  address: 'Meir 5',
  postal: '2000',
  city: 'Antwerpen',
  country: 'BE',
};

export const GERMAN_ISSUER: InvoiceDocument['issuer'] = {
  ...ISSUER,
  name: 'Kassa Beispiel GmbH',
  address: 'Unter den Linden 1',
  postal: '10117',
  city: 'Berlin',
  country: 'DE',
  vat_number: 'DE123456789',
  registration_number: 'HRB 12345',
  phone: '+49 30 1234567',
  iban: 'DE89 3704 0044 0532 0130 00',
  bic: 'COBADEFFXXX',
};

export const GERMAN_CUSTOMER: InvoiceDocument['customer'] = {
  ...CUSTOMER,
  name: 'Bäckerei Sonne GmbH',
  vat_number: 'DE987654321',
  address: 'Hauptstraße 12',
  postal: '80331',
  city: 'München',
  country: 'DE',
};

export const POLISH: InvoiceDocument['customer'] = {
  ...CUSTOMER,
  vat_number: 'PL1234567890',
  address: 'ulica Piotrkowska 1',
  postal: '90-001',
  city: 'Łódź',
  country: 'PL',
};

export const BRITISH: InvoiceDocument['customer'] = {
  ...CUSTOMER,
  name: 'Café Müller & Sons Ltd',
  vat_number: 'GB123456789',
  address: '7 High Street',
  postal: 'SW1A 1AA',
  city: 'London',
  country: 'GB',
};

export const PRIVATE: InvoiceDocument['customer'] = {
  ...CUSTOMER,
  name: 'Ж. Ивáнов',
  contact_name: null,
  vat_number: null,
  address: null,
  postal: null,
  city: null,
  country: 'BG',
};
