import {
  creditNoteDocument,
  invoiceDocument,
} from '../../../../../test/support/e-invoice-documents';
import { type InvoiceDocument } from '../../domain/invoice-document';
import { toCrossIndustryInvoice } from '../to-factur-x';
import { toUbl } from '../to-ubl';

const CREDITED = { id: 'inv_01kd0000000000000000000002', number: 'INV-2026-0001' };
const UNDATED = { start_date: null, end_date: null };

/** BT-72 as each format writes it. */
async function daysOfSupply(document: InvoiceDocument): Promise<readonly (string | undefined)[]> {
  const ubl = /<cbc:ActualDeliveryDate>([^<]*)</.exec(await toUbl(document));
  const cii = /<ram:ActualDeliverySupplyChainEvent>[^]*?<udt:DateTimeString[^>]*>([^<]*)</.exec(
    await toCrossIndustryInvoice(document),
  );
  return [ubl?.[1], cii?.[1]];
}

describe('the day of the supply in UBL and Factur-X', () => {
  const note = creditNoteDocument({
    ...UNDATED,
    issue_date: '2026-12-01',
    credits: { ...CREDITED, issue_date: '2026-11-20' },
  });

  it.each([
    ['the last day', invoiceDocument(), '2026-11-30'],
    ['the only day', invoiceDocument({ end_date: null }), '2026-11-01'],
    ['the day of issue of an invoice without dates', invoiceDocument(UNDATED), '2026-11-20'],
    ['that of the invoice that a credit note without dates corrects', note, '2026-11-20'],
  ])('is %s', async (_title, document, day) => {
    expect(await daysOfSupply(document)).toEqual([day, day.replaceAll('-', '')]);
  });
});
