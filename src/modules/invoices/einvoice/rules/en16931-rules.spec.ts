import fc from 'fast-check';
import {
  creditNoteDocument,
  EXEMPTIONS,
  invoiceDocument,
  type LineOf,
  summed,
} from '../../../../../test/support/e-invoice-documents';
import { BELGIAN } from '../../../../../test/support/e-invoice-parties';
import { type InvoiceDocument } from '../../domain/invoice-document';
import { en16931Problems } from './en16931-rules';
import { peppolProblems } from './peppol-rules';

const VALID = invoiceDocument();
const REVERSED = { vat_category: 'AE', vat_rate: '0', net_minor: '10000' } as const;

function rulesBroken(document: InvoiceDocument): readonly string[] {
  const problems = [...en16931Problems(document), ...peppolProblems(document)];
  return problems.map(({ rule }) => rule);
}

function withTax(change: Partial<InvoiceDocument['vat'][number]>): Partial<InvoiceDocument> {
  return { vat: VALID.vat.map((subtotal) => ({ ...subtotal, ...change })) };
}

function withLine(change: Partial<InvoiceDocument['lines'][number]>): Partial<InvoiceDocument> {
  return { lines: VALID.lines.map((line) => ({ ...line, ...change })) };
}

describe('the rules of EN 16931 and Peppol', () => {
  it('find nothing wrong with an invoice and a credit note that are in order', () => {
    expect(rulesBroken(VALID)).toEqual([]);
    expect(rulesBroken(creditNoteDocument())).toEqual([]);
  });

  const wrong: readonly (readonly [string, Partial<InvoiceDocument>])[] = [
    ['BR-16', { lines: [] }],
    ['BR-CO-18', { vat: [] }],
    ['BR-CO-10', { net_minor: '10001', total_minor: '12101' }],
    ['BR-CO-13', withTax({ net_minor: '10001' })],
    ['BR-CO-14', { vat_minor: '2101', total_minor: '12101' }],
    ['BR-CO-15', { total_minor: '12101' }],
    ['BR-CO-17', { ...withTax({ vat_minor: '2200' }), vat_minor: '2200', total_minor: '12200' }],
    ['BR-CO-17', { ...withTax({ vat_minor: '2000' }), vat_minor: '2000', total_minor: '12000' }],
    ['BR-S-08', withTax({ net_minor: '10001' })],
    ['BR-S-01', withTax({ vat_rate: '9', vat_minor: '900' })],
    ['BR-S-01', { vat: [...VALID.vat, ...VALID.vat] }],
    ['BR-S-02', { issuer: { ...VALID.issuer, vat_number: null } }],
    ['BR-S-05', { ...withTax({ vat_rate: '0' }), ...withLine({ vat_rate: '0' }) }],
    ['BR-S-10', withTax(EXEMPTIONS.AE)],
    ['BR-AE-02', { ...summed([REVERSED]), customer: { ...BELGIAN, vat_number: null } }],
    ['BR-AE-10', { ...summed([REVERSED]), vat: summed([REVERSED]).vat.map(unexplained) }],
    ['BR-IC-02', { ...summed([{ ...REVERSED, vat_category: 'K' }]), customer: withoutVat() }],
    ['BR-G-02', { ...summed([{ ...REVERSED, vat_category: 'G' }]), issuer: unregistered() }],
    ['BR-O-11', summed([{ ...REVERSED, vat_category: 'O' }, { net_minor: '10000' }])],
    ['BR-27', withLine({ unit_price: '-100' })],
    ['PEPPOL-EN16931-R121', withLine({ quantity: '0' })],
    ['PEPPOL-EN16931-R120', withLine({ unit_price: '100.03' })],
    ['PEPPOL-EN16931-R120', withLine({ unit_price: '121.03', price_includes_vat: true })],
    ['BR-DEC', { ...summed([{ net_minor: '100001', unit_price: '100.001' }]), currency: 'KWD' }],
    ['BR-CO-09', { customer: { ...VALID.customer, vat_number: '987654321B01' } }],
    ['BR-06', { issuer: { ...VALID.issuer, name: ' ' } }],
    ['BR-07', { customer: { ...VALID.customer, name: '' } }],
    ['BR-09', { issuer: { ...VALID.issuer, country: null } }],
    ['BR-11', { customer: { ...VALID.customer, country: null } }],
    ['BR-29', { start_date: '2026-11-30', end_date: '2026-11-01' }],
    ['BR-55', { kind: 'credit_note', credits: null }],
  ];

  it.each(wrong)('find a breach of %s', (rule, change) => {
    expect(rulesBroken(invoiceDocument(change))).toContain(rule);
  });

  it.each(['2199', '2001'])('let the VAT be less than one euro off: %s', (tax) => {
    const total = String(10_000 + Number(tax));
    const near = { ...withTax({ vat_minor: tax }), vat_minor: tax, total_minor: total };
    expect(rulesBroken(invoiceDocument(near))).toEqual([]);
  });

  it('let a price with VAT be two cents off, which rounding per rate can make it', () => {
    const line = { ...VALID.lines, unit_price: '121.02', price_includes_vat: true };
    expect(rulesBroken(invoiceDocument(withLine(line)))).toEqual([]);
  });

  it('let a credit note take back what is left, which need not be quantity × price', () => {
    const rest = summed([{ net_minor: '3334', quantity: '0.3333' }]);
    expect(rulesBroken(creditNoteDocument(rest))).toEqual([]);
    expect(rulesBroken(invoiceDocument({ ...rest, ...withLine({ unit_price: '7' }) }))).toContain(
      'PEPPOL-EN16931-R120',
    );
  });

  it('find nothing wrong with any lines whose sums follow the order of EN 16931', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 20 }), (some) => {
        expect(rulesBroken(invoiceDocument(summed(some)))).toEqual([]);
      }),
    );
  });

  it('find every amount that is changed by a cent', () => {
    const changed = fc.constantFrom('net_minor', 'vat_minor', 'total_minor');
    const cents = fc.constantFrom(1n, -1n);
    fc.assert(
      fc.property(lines, changed, cents, (line, name, cent) => {
        const document = invoiceDocument(summed([line]));
        const amount = String(BigInt(document[name]) + cent);
        expect(rulesBroken({ ...document, [name]: amount })).not.toEqual([]);
      }),
    );
  });
});

const lines: fc.Arbitrary<LineOf> = fc
  .tuple(
    fc.bigInt({ min: 1n, max: 10n ** 9n }),
    fc.bigInt({ min: 1n, max: 1000n }),
    fc.constantFrom('21', '9', '6'),
  )
  .map(([cents, quantity, rate]) => ({
    net_minor: String(cents * quantity),
    quantity: String(quantity),
    unit_price: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
    vat_rate: rate,
  }));

function withoutVat(): InvoiceDocument['customer'] {
  return { ...invoiceDocument().customer, vat_number: null };
}

function unregistered(): InvoiceDocument['issuer'] {
  return { ...invoiceDocument().issuer, vat_number: null };
}

function unexplained(subtotal: InvoiceDocument['vat'][number]): InvoiceDocument['vat'][number] {
  return { ...subtotal, exemption_reason: null, exemption_code: null };
}
