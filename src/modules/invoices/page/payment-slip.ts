import { creditTransferOf } from './credit-transfer';
import { factList } from './facts';
import { type Html, html } from '../../../shared/html';
import { qrCode } from './qr-code';
import { amountDue } from '../domain/amount-due';
import { type Sheet } from './sheet';

/** How and until when to pay; nothing about what is paid after the day of issue. Null where nothing was left to pay then. */
export function paymentSlip(sheet: Sheet): Html | null {
  const { document, words, formats } = sheet;
  const due = amountDue(document);
  if (due === 0n) return null;
  const { issuer, due_date: dueDate } = document;
  const account = issuer.iban === null ? null : inGroups(issuer.iban);
  return html`<section class="payment" aria-label="${words.payment}">
    <div>
      ${factList('due', [
        [words.amountDue, formats.money(due.toString())],
        [words.payBy, dueDate === null ? null : formats.date(dueDate)],
      ])}
      ${factList('transfer', [
        ['IBAN', account],
        ['BIC', account && issuer.bic],
        [words.accountHolder, account && issuer.name],
        [words.paymentReference, document.number],
      ])}
    </div>
    ${sheet.isPreview ? null : codes(sheet)}
  </section>`;
}

function codes({ document, words }: Sheet): readonly Html[] {
  const transfer = creditTransferOf(document);
  const link = webAddress(document.payment_url);
  const forBank = transfer === null ? null : codeOf(transfer, words.scanWithBank);
  const forBrowser = link === null ? null : codeOf(link, words.payOnline);
  return [forBank, forBrowser && html`<a href="${link}">${forBrowser}</a>`].flatMap(
    (code) => code ?? [],
  );
}

/** Null where the text is too long for a code: a document is printed all the same. */
function codeOf(text: string, caption: string): Html | null {
  const code = qrCode(text, caption);
  if (code === null) return null;
  return html`<figure>
    ${code}
    <figcaption>${caption}</figcaption>
  </figure>`;
}

/** Only what a browser opens as a page: another scheme could do more than show one. */
function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}

/** `NL91 ABNA 0417 1643 00`, as ISO 13616 writes it on paper. */
function inGroups(iban: string): string {
  return iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');
}
