import { type Vocabulary } from './vocabulary';

export const GERMAN: Vocabulary = {
  invoice: 'Rechnung',
  // "Gutschrift" would be an invoice that the customer writes (§ 14 Abs. 4 Nr. 10 UStG).
  creditNote: 'Rechnungskorrektur',
  preview: 'Entwurf',

  invoiceNumber: 'Rechnungsnummer',
  creditNoteNumber: 'Belegnummer',
  issueDate: 'Rechnungsdatum',
  dueDate: 'Fällig am',
  period: 'Leistungszeitraum',
  reference: 'Ihre Referenz',
  correctedInvoice: 'Korrektur zu Rechnung',
  correctedInvoiceDate: 'vom',
  customerVatNumber: 'Ihre USt-IdNr.',

  registrationNumber: 'Register-Nr.',
  vatNumber: 'USt-IdNr.',

  lines: 'Positionen',
  description: 'Beschreibung',
  quantity: 'Menge',
  unit: 'Einheit',
  price: 'Preis',
  priceWithVat: 'Preis inkl. USt.',
  withVat: 'inkl. USt.',
  vat: 'USt.',
  netAmount: 'Nettobetrag',

  vatSummary: 'Umsatzsteuer',
  vatRate: 'Satz',
  vatBase: 'Nettobetrag',
  vatAmount: 'USt.',
  vatShort: {
    E: 'steuerfrei',
    AE: 'Reverse Charge',
    K: '0 % innergem.',
    G: '0 % Ausfuhr',
    O: 'keine',
  },
  vatLong: {
    E: 'Umsatzsteuerfrei',
    AE: 'Steuerschuldnerschaft des Leistungsempfängers',
    K: 'Steuerfreie innergemeinschaftliche Lieferung',
    G: 'Steuerfreie Ausfuhrlieferung',
    O: 'Nicht steuerbar',
  },

  totals: 'Summen',
  netTotal: 'Summe netto',
  vatTotal: 'Umsatzsteuer',
  total: 'Gesamtbetrag',
  creditTotal: 'Korrekturbetrag',

  payment: 'Zahlung',
  prepaid: 'Bereits bezahlt',
  amountDue: 'Zu zahlen',
  payBy: 'Bis zum',
  accountHolder: 'Kontoinhaber',
  paymentReference: 'Verwendungszweck',
  scanWithBank: 'Mit Banking-App scannen',
  payOnline: 'Online bezahlen',

  page: 'Seite',
  of: 'von',
};
