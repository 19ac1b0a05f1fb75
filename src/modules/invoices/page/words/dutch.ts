import { type Vocabulary } from './vocabulary';

export const DUTCH: Vocabulary = {
  invoice: 'Factuur',
  creditNote: 'Creditfactuur',
  preview: 'Concept',

  invoiceNumber: 'Factuurnummer',
  creditNoteNumber: 'Creditfactuurnummer',
  issueDate: 'Factuurdatum',
  dueDate: 'Vervaldatum',
  period: 'Periode',
  reference: 'Uw referentie',
  correctedInvoice: 'Correctie op factuur',
  correctedInvoiceDate: 'van',
  customerVatNumber: 'Uw btw-nummer',

  registrationNumber: 'KvK',
  vatNumber: 'Btw',

  lines: 'Regels',
  description: 'Omschrijving',
  quantity: 'Aantal',
  unit: 'Eenheid',
  price: 'Prijs',
  priceWithVat: 'Prijs incl. btw',
  withVat: 'incl. btw',
  vat: 'Btw',
  netAmount: 'Bedrag excl. btw',

  vatSummary: 'Btw-specificatie',
  vatRate: 'Tarief',
  vatBase: 'Grondslag',
  vatAmount: 'Btw',
  vatShort: { E: 'vrijgesteld', AE: 'verlegd', K: '0% intra-EU', G: '0% export', O: 'geen' },
  vatLong: {
    E: 'Vrijgesteld',
    AE: 'Btw verlegd',
    K: 'Intracommunautaire levering',
    G: 'Uitvoer buiten de EU',
    O: 'Buiten de reikwijdte van de btw',
  },

  totals: 'Totalen',
  netTotal: 'Totaal excl. btw',
  vatTotal: 'Btw',
  total: 'Totaal',
  creditTotal: 'Totaal credit',

  payment: 'Betaling',
  prepaid: 'Reeds betaald',
  amountDue: 'Te betalen',
  payBy: 'Uiterlijk op',
  accountHolder: 'Ten name van',
  paymentReference: 'Onder vermelding van',
  scanWithBank: 'Scan met uw bankapp',
  payOnline: 'Betaal online',

  page: 'Pagina',
  of: 'van',
};
