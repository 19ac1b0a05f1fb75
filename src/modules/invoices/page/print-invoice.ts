import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PrintedPage } from '../../../platform/pdf/printed-page';
import { type InvoiceDocument } from '../domain/invoice-document';
import { fontFaces } from './fonts';
import { type Html, html } from '../../../shared/html';
import { heading, letterhead } from './letterhead';
import { lineTable } from './line-table';
import { paymentSlip } from './payment-slip';
import { type Sheet, sheetOf, titleOf } from './sheet';
import { totals } from './totals';

const STYLE = readFileSync(join(__dirname, 'invoice.css'), 'utf8');
const FOOTER_STYLE = readFileSync(join(__dirname, 'footer.css'), 'utf8');

/**
 * An invoice or credit note as a page for the printer, made of the document and nothing else: the same document gives
 * the same page. A preview is marked as one on every page and cannot be paid.
 */
export function printInvoice(
  document: InvoiceDocument,
  { isPreview }: { readonly isPreview: boolean },
): PrintedPage {
  const sheet = sheetOf(document, isPreview);
  const title = `${titleOf(sheet)} ${document.number}`.trim();
  const content = body(sheet);
  const footer = footerText(sheet);
  const fonts = fontFaces(`${title}${content.toString()}${footer.toString()}`);
  return {
    html: page({ sheet, title, fonts, content }).toString(),
    footerHtml: html`<style>
        ${fonts}${FOOTER_STYLE}</style
      >${footer}`.toString(),
    title,
    language: document.locale,
    createdAt: new Date(document.issued_at),
    documentId: document.id,
  };
}

interface PageParts {
  readonly sheet: Sheet;
  readonly title: string;
  readonly fonts: string;
  readonly content: Html;
}

/** Whatever a field holds, the page loads nothing and runs nothing: escaping is one wall, this policy another. */
function page({ sheet, title, fonts, content }: PageParts): Html {
  return html`<!doctype html>
    <html lang="${sheet.document.locale}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
        />
        <title>${title}</title>
        <style>
          ${fonts}${STYLE}
        </style>
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}

function body(sheet: Sheet): Html {
  return html`
    ${sheet.isPreview ? html`<p class="preview">${sheet.words.preview}</p>` : null}
    ${letterhead(sheet)}
    <main>${heading(sheet)} ${lineTable(sheet)} ${totals(sheet)} ${paymentSlip(sheet)}</main>
  `;
}

function footerText({ document, words }: Sheet): Html {
  return html`<footer>
    <span class="issuer">${document.issuer.name}</span>
    <span>${document.number}</span>
    <span>
      ${words.page} <span class="pageNumber"></span> ${words.of} <span class="totalPages"></span>
    </span>
  </footer>`;
}
