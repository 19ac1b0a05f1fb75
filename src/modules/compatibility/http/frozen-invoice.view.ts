import { toTimestamp } from '../../../platform/http/timestamp';
import { hexId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type WindowedInvoice } from '../../invoices/invoices.facade';
import { customerUrl, invoiceUrl } from '../domain/frozen-links';
import { type FrozenInvoiceResponse } from './frozen-invoice.response';

/** An issued invoice as the older API shows it. */
export function toFrozenInvoice(row: WindowedInvoice, base: string): FrozenInvoiceResponse {
  const shown = (minor: string) => Money.of(BigInt(minor), row.currency).toDecimal();
  const url = invoiceUrl(base, { uuid: row.id });
  return {
    url,
    uuid: hexId(row.id),
    total_amount: shown(row.total_minor),
    pdf: row.has_pdf ? `${url}pdf/` : null,
    start_date: row.start_date,
    end_date: row.end_date,
    items: row.lines.map(({ description, total_minor }) => ({
      amount: shown(total_minor),
      description,
      created_at: toTimestamp(row.issued_at),
    })),
    customer: customerUrl(base, { uuid: row.customer_id }),
    customer_uuid: hexId(row.customer_id),
    customer_name: row.customer_name,
  };
}
