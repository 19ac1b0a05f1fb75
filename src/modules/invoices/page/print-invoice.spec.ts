import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { invoiceDocument, ISSUER, line } from '../../../../test/support/invoice-documents';
import { type InvoiceDocument, type InvoiceLocale } from '../domain/invoice-document';
import { printInvoice } from './print-invoice';

const ISSUED = { isPreview: false };

/** The text of the page as a reader sees it, in one line. */
function textOf(document: InvoiceDocument, options = ISSUED): string {
  return withoutTags(bodyOf(printInvoice(document, options).html));
}

function bodyOf(html: string): string {
  return html.slice(html.indexOf('<body>'));
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

function codesOf(document: InvoiceDocument, options = ISSUED): readonly string[] {
  const { html } = printInvoice(document, options);
  return [...html.matchAll(/<figcaption>([^<]*)/g)].map(([, caption = '']) => caption);
}

describe('an invoice', () => {
  it('says who, to whom, what, when and how much', () => {
    const text = textOf(invoiceDocument());
    for (const part of [
      'Factuur',
      'INV-2026-0042',
      '21 november 2026',
      '21 december 2026',
      'PO-4711',
      'KvK 12345678',
      'Btw NL123456789B01',
      'Bakkerij De Korenmaat B.V. Mevrouw J. de Vries Oudegracht 45 3511 AB Utrecht',
      'Advies betalingsverkeer 10 uur 82,50 21% 825,00',
      '21% 825,00 173,25 9% 75,00 6,75',
      'Totaal excl. btw € 900,00 Btw € 180,00 Totaal € 1.080,00',
      'Te betalen € 1.080,00 Uiterlijk op 21 december 2026',
      'IBAN NL91 ABNA 0417 1643 00',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says what was paid before, and asks for the rest', () => {
    const text = textOf(invoiceDocument({ prepaid_minor: '8000' }));
    expect(text).toContain('Totaal € 1.080,00 Reeds betaald € 80,00 Te betalen € 1.000,00');
    expect(text).toContain('Te betalen € 1.000,00 Uiterlijk op 21 december 2026');
  });

  it('asks for nothing that was paid before', () => {
    const paid = invoiceDocument({ prepaid_minor: '108000', due_date: null, payment_url: null });
    const text = textOf(paid);
    expect(text).toContain('Totaal € 1.080,00 Reeds betaald € 1.080,00 Te betalen € 0,00');
    expect(text).not.toMatch(/IBAN|Uiterlijk op|Vervaldatum/);
    expect(codesOf(paid)).toEqual([]);
  });

  it('names the country of a customer abroad, and only there', () => {
    const { customer } = invoiceDocument();
    const abroad = { ...customer, country: 'DE' };
    expect(textOf(invoiceDocument({ customer: abroad }))).toContain('Utrecht DUITSLAND');
    expect(textOf(invoiceDocument())).not.toContain('Utrecht NEDERLAND');
  });

  it('says which prices hold the VAT', () => {
    const included = line({ price_includes_vat: true });
    expect(textOf(invoiceDocument({ lines: [included] }))).toContain('Prijs incl. btw (€)');
    const mixed = textOf(invoiceDocument({ lines: [included, line({ line: 2 })] }));
    expect(mixed).toContain('Prijs (€)');
    expect(mixed.match(/82,50 incl\. btw/g)).toHaveLength(1);
    expect(textOf(invoiceDocument())).not.toContain('incl. btw');
  });

  it('has no column for units where none is named', () => {
    expect(textOf(invoiceDocument({ lines: [line({ unit: null })] }))).not.toContain('Eenheid');
  });

  it('shows the logo in place of the name', () => {
    const logo = 'data:image/png;base64,iVBORw0KGgo=';
    const { html } = printInvoice(invoiceDocument({ issuer: { ...ISSUER, logo } }), ISSUED);
    expect(html).toContain(`<img src="${logo}" alt="Kassa Voorbeeld B.V."`);
  });

  it.each([
    ['nl', 'Btw verlegd'],
    ['en', 'Reverse charge'],
    ['de', 'Steuerschuldnerschaft des Leistungsempfängers'],
  ] as const)('says in %s that the customer owes the VAT', (locale, words) => {
    const reverse = { vat_category: 'AE', vat_rate: '0' } as const;
    const subtotal = { ...reverse, net_minor: '82500', vat_minor: '0', exemption_code: null };
    const vat = [{ ...subtotal, exemption_reason: 'artikel 196' }];
    const text = textOf(invoiceDocument({ locale, vat, lines: [line(reverse)] }));
    expect(text).toContain(`${words} artikel 196`);
  });

  it('gives the whole reason once where it begins with the name', () => {
    const [subtotal] = invoiceDocument().vat;
    const reason = 'Vrijgesteld (artikel 132, lid 1, onder i)';
    const exempt = { ...subtotal, vat_category: 'E', exemption_reason: reason } as const;
    const text = textOf(invoiceDocument({ vat: subtotal ? [{ ...subtotal, ...exempt }] : [] }));
    expect(text.match(/Vrijgesteld[^0-9]*132[^€]*onder i\)/g)).toEqual([reason]);
    expect(text.match(/Vrijgesteld/g)).toHaveLength(1);
  });
});

describe('the codes to scan', () => {
  it('are one for the bank and one for the page where it can be paid', () => {
    expect(codesOf(invoiceDocument())).toEqual(['Scan met uw bankapp', 'Betaal online']);
  });

  it('are only there for what can be paid that way', () => {
    const issuer = { ...ISSUER, iban: null };
    expect(codesOf(invoiceDocument({ issuer }))).toEqual(['Betaal online']);
    expect(codesOf(invoiceDocument({ payment_url: null }))).toEqual(['Scan met uw bankapp']);
    expect(textOf(invoiceDocument({ issuer }))).not.toContain('IBAN');
  });

  it('are left out where the text is too long, and the document is printed', () => {
    const payment_url = `https://example.com/${'a'.repeat(3000)}`;
    expect(codesOf(invoiceDocument({ payment_url }))).toEqual(['Scan met uw bankapp']);
    expect(textOf(invoiceDocument({ payment_url }))).toContain('INV-2026-0042');
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'no address'])(
    'never lead to %s',
    (url) => {
      expect(codesOf(invoiceDocument({ payment_url: url }))).toEqual(['Scan met uw bankapp']);
    },
  );
});

describe('a credit note', () => {
  const note = invoiceDocument({
    kind: 'credit_note',
    number: 'CN-2026-0001',
    due_date: null,
    credits: { id: 'inv_1', number: 'INV-2026-0042', issue_date: '2026-11-21' },
  });

  it('names the invoice that it corrects', () => {
    expect(textOf(note)).toContain('Correctie op factuur INV-2026-0042 van 21 november 2026');
  });

  it('asks for no payment', () => {
    expect(codesOf(note)).toEqual([]);
    expect(textOf(note)).not.toContain('Te betalen');
  });
});

describe('a preview', () => {
  it.each([
    ['nl', 'Concept'],
    ['en', 'Draft'],
    ['de', 'Entwurf'],
  ] as const)('is marked in %s as no invoice yet and cannot be paid', (locale, mark) => {
    const preview = invoiceDocument({ locale });
    expect(textOf(preview, { isPreview: true })).toContain(mark);
    expect(codesOf(preview, { isPreview: true })).toEqual([]);
    expect(textOf(preview)).not.toContain(mark);
  });
});

describe('the printed page', () => {
  it.each(['nl', 'en', 'de'] as const)('is written in %s and says so', (locale) => {
    const page = printInvoice(invoiceDocument({ locale }), ISSUED);
    expect(page.language).toBe(locale);
    expect(page.html).toContain(`<html lang="${locale}">`);
    expect(withoutTags(page.footerHtml)).toContain(pageOf(locale));
  });

  it('numbers its sheets', () => {
    const { footerHtml } = printInvoice(invoiceDocument(), ISSUED);
    expect(footerHtml).toMatch(/class="pageNumber".*class="totalPages"/s);
    expect(footerHtml).toContain('INV-2026-0042');
  });

  it('is the same for the same document, and takes its date from there', () => {
    const page = printInvoice(invoiceDocument(), ISSUED);
    expect(printInvoice(invoiceDocument(), ISSUED)).toEqual(page);
    expect(page.createdAt.toISOString()).toBe('2026-11-21T09:15:00.000Z');
    expect(page.title).toBe('Factuur INV-2026-0042');
  });

  it('forbids everything that it does not hold itself', () => {
    const { html } = printInvoice(invoiceDocument(), ISSUED);
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/http|\*|script/);
  });

  it.each(['invoice.css', 'footer.css'])('gets %s through the escaping unchanged', (name) => {
    expect(readFileSync(join(__dirname, name), 'utf8')).not.toMatch(/[&<>"']/);
  });
});

function pageOf(locale: InvoiceLocale): string {
  return { nl: 'Pagina van', en: 'Page of', de: 'Seite von' }[locale];
}
