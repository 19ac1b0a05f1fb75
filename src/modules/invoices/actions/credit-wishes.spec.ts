import { creditNoteDocument } from '../../../../test/support/e-invoice-documents';
import { computeDraft, type DraftLine } from '../domain/draft';
import { type InvoiceDocument } from '../domain/invoice-document';
import { toCrossIndustryInvoice } from '../einvoice/to-factur-x';
import { toUbl } from '../einvoice/to-ubl';
import { type LineRow } from '../storage/invoice.row';
import { creditPlanFor } from './credit-wishes';

const LINE: DraftLine = {
  description: 'Sticker',
  quantity: '2',
  unit: null,
  unit_price: '0.49',
  price_includes_vat: true,
  vat_category: 'S',
  vat_rate: '21',
};

/** The document of a credit note that takes one of each. */
function oneOfEach(rows: readonly LineRow[]): InvoiceDocument {
  const wishes = rows.map(({ line }) => ({ line, quantity: { digits: 1n, scale: 0 } }));
  const { lines, net, vat, total } = creditPlanFor({ lines: rows, credited: [] }, wishes);
  const [net_minor, vat_minor, total_minor] = [String(net), String(vat), String(total)];
  const untaxed = { exemption_reason: null, exemption_code: null };
  return creditNoteDocument({
    lines: lines.map((line) => ({
      ...LINE,
      line: line.line,
      quantity: '1',
      net_minor: String(line.net),
    })),
    vat: [{ vat_category: 'S', vat_rate: '21', net_minor, vat_minor, ...untaxed }],
    net_minor,
    vat_minor,
    total_minor,
  });
}

describe('a credit note for a part of many cheap lines with VAT in their prices', () => {
  const { lines } = computeDraft(
    Array.from({ length: 200 }, () => LINE),
    2,
  );

  it.each([
    ['UBL', toUbl],
    ['Factur-X', toCrossIndustryInvoice],
  ])('can be written as %s', async (_name, write) => {
    const xml = await write(oneOfEach(lines));
    expect(xml).toContain('>80.99<');
    expect(xml).toContain('>17.01<');
  });
});
