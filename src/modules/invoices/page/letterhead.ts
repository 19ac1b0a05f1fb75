import { type InvoiceCustomer, type Issuer } from '../domain/invoice-document';
import { factList } from './facts';
import { type Html, html } from '../../../shared/html';
import { type Sheet, titleOf } from './sheet';

/** Logo, sender and the customer's address where the window of an envelope shows it (DIN 5008, form B). */
export function letterhead(sheet: Sheet): Html {
  const { issuer } = sheet.document;
  return html`<header class="letterhead">
    <div>
      <div class="brand">${brand(issuer)}</div>
      <address class="recipient">
        <p class="sender">${senderLine(issuer)}</p>
        ${paragraphs(recipientLines(sheet))}
      </address>
    </div>
    ${sender(sheet)}
  </header>`;
}

function brand({ logo, name }: Issuer): Html {
  return logo === null
    ? html`<p class="wordmark">${name}</p>`
    : html`<img src="${logo}" alt="${name}" />`;
}

function senderLine(issuer: Issuer): string {
  return filled([issuer.name, issuer.address, townOf(issuer)]).join(' · ');
}

function recipientLines({ document, formats }: Sheet): readonly string[] {
  const { customer, issuer } = document;
  const { country } = customer;
  const isAbroad = country !== null && country !== issuer.country;
  return filled([
    customer.name,
    customer.contact_name,
    customer.address,
    townOf(customer),
    // Post for abroad carries the country as its last line, in capitals (UPU S42).
    isAbroad ? formats.country(country).toLocaleUpperCase(document.locale) : null,
  ]);
}

function sender({ document, words, formats }: Sheet): Html {
  const { issuer } = document;
  const { country } = issuer;
  return html`<div class="issuer">
    <p class="name">${issuer.name}</p>
    ${paragraphs(
      filled([issuer.address, townOf(issuer), country === null ? null : formats.country(country)]),
    )}
    <div class="contact">${paragraphs(filled([issuer.email, issuer.phone, issuer.website]))}</div>
    ${factList('legal', [
      [words.registrationNumber, issuer.registration_number],
      [words.vatNumber, issuer.vat_number],
    ])}
  </div>`;
}

/** What the document is, its number, its dates and whom it concerns. */
export function heading(sheet: Sheet): Html {
  const { document, words, formats } = sheet;
  const { due_date: dueDate, credits } = document;
  const isInvoice = document.kind === 'invoice';
  return html`<section class="heading">
    <h1>${titleOf(sheet)}</h1>
    ${factList('facts', [
      [isInvoice ? words.invoiceNumber : words.creditNoteNumber, document.number],
      [words.issueDate, formats.date(document.issue_date)],
      [words.dueDate, dueDate === null ? null : formats.date(dueDate)],
      [words.period, periodOf(sheet)],
      [
        words.correctedInvoice,
        credits &&
          `${credits.number} ${words.correctedInvoiceDate} ${formats.date(credits.issue_date)}`,
      ],
      [words.reference, document.reference],
      [words.customerVatNumber, document.customer.vat_number],
    ])}
  </section>`;
}

function periodOf({ document, formats }: Sheet): string | null {
  const { start_date: from, end_date: to } = document;
  if (from !== null && to !== null) return formats.period({ from, to });
  const only = from ?? to;
  return only === null ? null : formats.date(only);
}

function townOf({ postal, city }: Issuer | InvoiceCustomer): string {
  return filled([postal, city]).join(' ');
}

function paragraphs(lines: readonly string[]): readonly Html[] {
  return lines.map((line) => html`<p>${line}</p>`);
}

function filled(texts: readonly (string | null)[]): readonly string[] {
  return texts.flatMap((text) => (text === null || text.trim() === '' ? [] : [text]));
}
