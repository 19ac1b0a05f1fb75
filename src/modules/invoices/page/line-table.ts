import { type InvoiceLine } from '../domain/invoice-document';
import { type Html, html } from '../../../shared/html';
import { type Sheet } from './sheet';

/** Columns that are only there when a line needs them. */
interface Columns {
  readonly hasUnits: boolean;
  /** `some`: each such price says so itself. */
  readonly pricesWithVat: 'none' | 'some' | 'all';
}

/** What was delivered; its head is repeated on every page. */
export function lineTable(sheet: Sheet): Html {
  const { words, formats, document } = sheet;
  const columns = columnsOf(document.lines);
  const price = columns.pricesWithVat === 'all' ? words.priceWithVat : words.price;
  return html`<table class="lines" aria-label="${words.lines}">
    <thead>
      <tr>
        <th scope="col" class="description">${words.description}</th>
        <th scope="col" class="figure">${words.quantity}</th>
        ${columns.hasUnits ? html`<th scope="col" class="unit">${words.unit}</th>` : null}
        <th scope="col" class="figure">${price} (${formats.currency})</th>
        <th scope="col" class="rate">${words.vat}</th>
        <th scope="col" class="figure">${words.netAmount} (${formats.currency})</th>
      </tr>
    </thead>
    <tbody>
      ${document.lines.map((line) => lineRow(sheet, { line, columns }))}
    </tbody>
  </table>`;
}

function lineRow({ words, formats }: Sheet, { line, columns }: LineOfTable): Html {
  const { unit, quantity, vat_category: category } = line;
  const unitCell = html`<td class="unit">${unit && formats.unit({ unit, quantity })}</td>`;
  const saysVat = columns.pricesWithVat === 'some' && line.price_includes_vat;
  const withVat = saysVat ? html` <small>${words.withVat}</small>` : null;
  return html`<tr>
    <th scope="row" class="description">${line.description}</th>
    <td class="figure">${formats.quantity(quantity)}</td>
    ${columns.hasUnits ? unitCell : null}
    <td class="figure">${formats.price(line.unit_price)}${withVat}</td>
    <td class="rate">${words.vatShort[category] ?? formats.percent(line.vat_rate)}</td>
    <td class="figure">${formats.amount(line.net_minor)}</td>
  </tr>`;
}

interface LineOfTable {
  readonly line: InvoiceLine;
  readonly columns: Columns;
}

function columnsOf(lines: readonly InvoiceLine[]): Columns {
  const hasUnits = lines.some(({ unit }) => unit !== null);
  if (lines.every((line) => line.price_includes_vat)) return { hasUnits, pricesWithVat: 'all' };
  const isMixed = lines.some((line) => line.price_includes_vat);
  return { hasUnits, pricesWithVat: isMixed ? 'some' : 'none' };
}
