import { amountDue } from '../domain/amount-due';
import { type VatSubtotal } from '../domain/invoice-document';
import { type Html, html } from '../../../shared/html';
import { type Sheet } from './sheet';

/** The VAT by category and rate, with the reasons where none is due, and the sums beside it. */
export function totals(sheet: Sheet): Html {
  const { document, words, formats } = sheet;
  const total = document.kind === 'invoice' ? words.total : words.creditTotal;
  return html`<section class="totals">
    ${vatTable(sheet)}
    <table class="sums" aria-label="${words.totals}">
      <tbody>
        ${sum(words.netTotal, formats.money(document.net_minor))}
        ${sum(words.vatTotal, formats.money(document.vat_minor))}
      </tbody>
      <tfoot>
        ${sum(total, formats.money(document.total_minor))} ${prepaid(sheet)}
      </tfoot>
    </table>
  </section>`;
}

/** What was paid before, and what that leaves. */
function prepaid({ document, words, formats }: Sheet): readonly Html[] {
  if (document.prepaid_minor === '0') return [];
  return [
    sum(words.prepaid, formats.money(document.prepaid_minor)),
    sum(words.amountDue, formats.money(amountDue(document).toString())),
  ];
}

function sum(label: string, text: string): Html {
  return html`<tr>
    <th scope="row">${label}</th>
    <td class="figure">${text}</td>
  </tr>`;
}

function vatTable(sheet: Sheet): Html {
  const { document, words, formats } = sheet;
  return html`<table class="vat-table">
    <caption>
      ${words.vatSummary}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.vatRate}</th>
        <th scope="col" class="figure">${words.vatBase} (${formats.currency})</th>
        <th scope="col" class="figure">${words.vatAmount} (${formats.currency})</th>
      </tr>
    </thead>
    <tbody>
      ${document.vat.map((subtotal) => vatRow(sheet, subtotal))}
    </tbody>
  </table>`;
}

function vatRow(sheet: Sheet, subtotal: VatSubtotal): Html {
  const { formats } = sheet;
  return html`<tr>
    <th scope="row">${rateOrReason(sheet, subtotal)}</th>
    <td class="figure">${formats.amount(subtotal.net_minor)}</td>
    <td class="figure">${formats.amount(subtotal.vat_minor)}</td>
  </tr>`;
}

/** Article 226 (11) and (11a) of the VAT directive want the reason in words; it often begins with the name. */
function rateOrReason({ words, formats }: Sheet, subtotal: VatSubtotal): Html {
  const { vat_category: category, vat_rate: rate, exemption_reason: reason } = subtotal;
  const name = words.vatLong[category] ?? formats.percent(rate);
  if (reason === null) return html`${name}`;
  return reason.startsWith(name) ? html`${reason}` : html`${name} <small>${reason}</small>`;
}
