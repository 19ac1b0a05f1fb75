import { invoiceDocument, ISSUER } from '../../../../test/support/invoice-documents';
import { Money } from '../../../shared/money/money';
import { creditTransferOf, epcPayload } from './credit-transfer';

/** The example of the guidelines, with a text instead of a structured reference. */
const TRANSFER = {
  name: 'Franz Mustermänn',
  iban: 'DE71110220330123456789',
  bic: 'BHBLDEHHXXX',
  amount: Money.of(1230n, 'EUR'),
  remittance: 'INV-2026-0001',
};

describe('the text of an EPC QR code', () => {
  it('has the lines of the standard, each in its place', () => {
    expect(epcPayload(TRANSFER)?.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'BHBLDEHHXXX',
      'Franz Mustermänn',
      'DE71110220330123456789',
      'EUR12.30',
      '',
      '',
      'INV-2026-0001',
    ]);
  });

  it('keeps the place of a BIC that is not known', () => {
    expect(epcPayload({ ...TRANSFER, bic: null })?.split('\n')[4]).toBe('');
  });

  it('lets no name move the lines behind it', () => {
    const payload = epcPayload({ ...TRANSFER, name: 'A\nNL00EVIL\r\nEUR1', remittance: 'x\ny' });
    expect(payload?.split('\n')).toHaveLength(11);
    expect(payload?.split('\n')[5]).toBe('A NL00EVIL EUR1');
  });

  it('cuts the name at 70 characters', () => {
    const payload = epcPayload({ ...TRANSFER, name: 'ő'.repeat(100) });
    expect(payload?.split('\n')[5]).toBe('ő'.repeat(70));
  });

  it.each([
    ['nothing', { amount: Money.zero('EUR') }],
    ['more than the standard allows', { amount: Money.of(100_000_000_000n, 'EUR') }],
    ['a remittance text of more than 140 characters', { remittance: 'x'.repeat(141) }],
    ['more than 331 bytes', { name: '😀'.repeat(70), remittance: 'x'.repeat(100) }],
  ])('is not made for %s', (_, changes) => {
    expect(epcPayload({ ...TRANSFER, ...changes })).toBeNull();
  });

  it('is made for the largest amount', () => {
    const amount = Money.of(99_999_999_999n, 'EUR');
    expect(epcPayload({ ...TRANSFER, amount })).toContain('EUR999999999.99');
  });
});

describe('a transfer for a document', () => {
  it('asks for its total and names its number', () => {
    const lines = creditTransferOf(invoiceDocument({ total_minor: '108000' }))?.split('\n');
    expect(lines).toContain('EUR1080.00');
    expect(lines?.at(-1)).toBe('INV-2026-0042');
  });

  it('asks for what is left of it where a part was paid before', () => {
    const lines = creditTransferOf(invoiceDocument({ prepaid_minor: '8000' }))?.split('\n');
    expect(lines).toContain('EUR1000.00');
  });

  it.each([
    ['a credit note', { kind: 'credit_note' }],
    ['what was paid before', { prepaid_minor: '108000' }],
    ['another currency than the euro', { currency: 'GBP' }],
    ['no IBAN', { issuer: { ...ISSUER, iban: null } }],
    ['an IBAN with wrong check digits', { issuer: { ...ISSUER, iban: 'NL90ABNA0417164300' } }],
  ] as const)('is not offered for %s', (_, changes) => {
    expect(creditTransferOf(invoiceDocument(changes))).toBeNull();
  });
});
