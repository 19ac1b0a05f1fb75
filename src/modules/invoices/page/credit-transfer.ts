import { readIban } from '../../../shared/iban';
import { Money } from '../../../shared/money/money';
import { amountDue } from '../domain/amount-due';
import { type InvoiceDocument } from '../domain/invoice-document';

const NAME_LENGTH_MAX = 70;
const REMITTANCE_LENGTH_MAX = 140;
const BYTES_MAX = 331;
/** € 999,999,999.99. */
const AMOUNT_MAX = Money.of(99_999_999_999n, 'EUR');

interface CreditTransfer {
  readonly name: string;
  readonly iban: string;
  /** Only payers outside of the EEA need it. */
  readonly bic: string | null;
  readonly amount: Money;
  /** What the payee reads: the number of the invoice. */
  readonly remittance: string;
}

/**
 * What a bank's app fills in from the QR code of an invoice. Null where there is nothing to transfer in SEPA:
 * a credit note, what is paid already, another currency, no IBAN, or an amount beyond the standard.
 */
export function creditTransferOf(document: InvoiceDocument): string | null {
  const { issuer, currency, number } = document;
  const iban = readIban(issuer.iban ?? '');
  if (currency !== 'EUR' || iban === null) return null;
  const amount = Money.of(amountDue(document), currency);
  const { name, bic } = issuer;
  return epcPayload({ name, iban, bic, amount, remittance: number });
}

/**
 * The text of an EPC QR code, version 002, UTF-8, SEPA credit transfer, one field per line; null when a field does not
 * fit. Source: EPC069-12, https://www.europeanpaymentscouncil.eu/document-library/guidance-documents/quick-response-code-guidelines-enable-data-capture-initiation
 */
export function epcPayload({ name, iban, bic, amount, remittance }: CreditTransfer): string | null {
  if (amount.isZero() || amount.isGreaterThan(AMOUNT_MAX)) return null;
  if (remittance.length > REMITTANCE_LENGTH_MAX) return null;
  const purpose = '';
  const structuredReference = '';
  const payload = [
    'BCD',
    '002',
    // UTF-8.
    '1',
    'SCT',
    bic?.replaceAll(' ', '') ?? '',
    Array.from(oneLine(name)).slice(0, NAME_LENGTH_MAX).join('').trim(),
    iban,
    `EUR${amount.toDecimal()}`,
    purpose,
    structuredReference,
    oneLine(remittance),
  ].join('\n');
  return Buffer.byteLength(payload) > BYTES_MAX ? null : payload;
}

/** A line break would move every field behind it. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
