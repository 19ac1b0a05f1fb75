import { type JsonObject } from '../../../../shared/json';
import { amountDue } from '../../domain/amount-due';
import { type InvoiceDocument, type InvoiceLocale } from '../../domain/invoice-document';
import { isGerman } from '../is-german';
import { plainText } from '../plain-text';

/** UNCL4461: what the Dutch rule NL-R-008 allows of it, and DE-R-023 to -025 without more than we know. */
const CREDIT_TRANSFER = '30';
const SEPA_CREDIT_TRANSFER = '58';
/** "The payment means have been agreed upon in advance": there is no account to send money to. */
const AGREED = '57';

interface Terms {
  readonly online: string;
  readonly onReceipt: string;
  readonly credited: string;
}

const TERMS: Readonly<Record<InvoiceLocale, Terms>> = {
  nl: {
    online: 'Online betalen:',
    onReceipt: 'Te betalen bij ontvangst.',
    credited: 'Wordt verrekend of terugbetaald.',
  },
  en: {
    online: 'Pay online:',
    onReceipt: 'Payable on receipt.',
    credited: 'Will be set off or paid back.',
  },
  de: {
    online: 'Online bezahlen:',
    onReceipt: 'Zahlbar bei Erhalt.',
    credited: 'Wird verrechnet oder erstattet.',
  },
};

/** BG-16 and BT-20. What asks nobody for money, a credit note or what is paid already, names no account. */
export function describePayment(document: InvoiceDocument): JsonObject {
  const note = termsOf(document);
  const means = meansOf(document);
  return {
    ...(means === null ? {} : { 'cac:PaymentMeans': [means] }),
    ...(note === undefined ? {} : { 'cac:PaymentTerms': { 'cbc:Note': note } }),
  };
}

/** Between two parties in Germany a document without payment means is refused, whatever it asks for (DE-R-001). */
function meansOf(document: InvoiceDocument): JsonObject | null {
  if (amountDue(document) > 0n) return paymentMeans(document);
  return isGerman(document) ? { 'cbc:PaymentMeansCode': AGREED } : null;
}

function paymentMeans({ issuer, currency, number }: InvoiceDocument): JsonObject {
  const iban = plainText(issuer.iban)?.replaceAll(' ', '');
  if (iban === undefined) return { 'cbc:PaymentMeansCode': AGREED, 'cbc:PaymentID': number };
  const bic = plainText(issuer.bic);
  return {
    'cbc:PaymentMeansCode': currency === 'EUR' ? SEPA_CREDIT_TRANSFER : CREDIT_TRANSFER,
    'cbc:PaymentID': number,
    'cac:PayeeFinancialAccount': {
      'cbc:ID': iban,
      'cbc:Name': plainText(issuer.name),
      ...(bic === undefined ? {} : { 'cac:FinancialInstitutionBranch': { 'cbc:ID': bic } }),
    },
  };
}

/** Whatever is to be paid needs a due date or terms (BR-CO-25), and a credit note has no due date. */
function termsOf(document: InvoiceDocument): string | undefined {
  const texts = TERMS[document.locale];
  if (document.kind === 'credit_note') return texts.credited;
  if (amountDue(document) === 0n) return undefined;
  const url = plainText(document.payment_url);
  if (url !== undefined) return `${texts.online} ${url}`;
  return document.due_date === null ? texts.onReceipt : undefined;
}
