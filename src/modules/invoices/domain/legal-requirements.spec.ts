import { type InvoiceLine } from './invoice-document';
import { legalProblems, type UnnumberedDocument } from './legal-requirements';

const line: InvoiceLine = {
  line: 1,
  description: 'Premium plan',
  quantity: '1',
  unit: 'month',
  unit_price: '100',
  price_includes_vat: false,
  vat_category: 'S',
  vat_rate: '21',
  net_minor: '10000',
};

const complete: UnnumberedDocument = {
  format: 2,
  kind: 'invoice',
  id: 'inv_01kacwhz00e0080000000000f0',
  issue_date: '2026-11-20',
  due_date: '2026-12-20',
  start_date: null,
  end_date: null,
  currency: 'EUR',
  locale: 'nl',
  reference: null,
  credits: null,
  issuer: {
    name: 'Kassa BV',
    address: 'Damrak 1',
    postal: '1012 LG',
    city: 'Amsterdam',
    country: 'NL',
    vat_number: 'NL123456789B01',
    registration_number: '12345678',
    email: null,
    phone: null,
    website: null,
    iban: null,
    bic: null,
    logo: null,
  },
  customer: {
    id: 'cus_01kacwhz00e008000000000001',
    name: 'Walter Lebowski',
    contact_name: null,
    address: 'Keizersgracht 1',
    postal: '1015 CN',
    city: 'Amsterdam',
    country: 'NL',
    email: null,
    vat_number: null,
  },
  lines: [line],
  vat: [],
  net_minor: '10000',
  vat_minor: '2100',
  total_minor: '12100',
  prepaid_minor: '0',
  payment_url: null,
};

const withLine = (changes: Partial<InvoiceLine>) => ({
  ...complete,
  lines: [{ ...line, ...changes }],
});
const from = (changes: Partial<UnnumberedDocument['issuer']>) => ({
  ...complete,
  issuer: { ...complete.issuer, ...changes },
});
const to = (changes: Partial<UnnumberedDocument['customer']>, document = complete) => ({
  ...document,
  customer: { ...document.customer, ...changes },
});

const pointers = (document: UnnumberedDocument) =>
  legalProblems(document).map(({ pointer, code }) => `${pointer} ${code}`);

describe('the law', () => {
  it('accepts an invoice that has everything', () => {
    expect(legalProblems(complete)).toEqual([]);
  });

  it('names everything that is missing at once, and who fills it in', () => {
    const nobody = { address: null, postal: null, city: null, country: null };
    const bare = to({ ...nobody, name: '' }, from({ ...nobody, name: '', vat_number: null }));
    expect(pointers(bare)).toEqual([
      '/issuer/name required',
      '/issuer/address required',
      '/issuer/postal required',
      '/issuer/city required',
      '/issuer/country required',
      '/issuer/vat_number required',
      '/customer/name required',
      '/customer/address required',
      '/customer/postal required',
      '/customer/city required',
      '/customer/country required',
    ]);
    const details = legalProblems(bare).map(({ detail }) => detail);
    expect(details[0]).toContain('INVOICE_ISSUER_NAME');
    expect(details[6]).toContain(`PATCH /api/customers/${bare.customer.id}`);
  });

  it.each([' ', '\t\n', '\u00a0', '\u200b', '\u0000'])(
    'takes %j, which shows nothing, for nothing',
    (blank) => {
      const parts = { name: blank, address: blank, postal: blank, city: blank, vat_number: blank };
      const issuer = from({ ...parts, registration_number: blank });
      const reversed = {
        ...issuer,
        lines: [{ ...line, vat_category: 'AE', vat_rate: '0' }],
      } as const;
      expect(pointers(to(parts, reversed))).toEqual([
        '/issuer/name required',
        '/issuer/address required',
        '/issuer/postal required',
        '/issuer/city required',
        '/issuer/vat_number required',
        '/issuer/registration_number required',
        '/customer/name required',
        '/customer/address required',
        '/customer/postal required',
        '/customer/city required',
        '/customer/vat_number required',
      ]);
    },
  );

  it('wants the KvK number of a Dutch issuer, and of no other', () => {
    expect(pointers(from({ registration_number: null }))).toEqual([
      '/issuer/registration_number required',
    ]);
    const belgian = from({ registration_number: null, country: 'BE' });
    expect(pointers(belgian)).toEqual([]);
  });

  it.each(['AE', 'K'] as const)(
    'wants the VAT number of the customer for category %s',
    (category) => {
      const moved = { vat_category: category, vat_rate: '0' };
      const abroad = to({ country: 'BE' }, { ...withLine(moved), end_date: '2026-11-19' });
      expect(pointers(abroad)).toEqual(['/customer/vat_number required']);
      expect(pointers(to({ vat_number: 'BE0123456789' }, abroad))).toEqual([]);
    },
  );

  it('wants the date of an intra-community supply, and a customer elsewhere in the union', () => {
    const moved = withLine({ vat_category: 'K', vat_rate: '0' });
    const home = to({ vat_number: 'BE0123456789' }, moved);
    expect(pointers(home)).toEqual(['/customer/country vat_category', '/end_date required']);
    const outside = to({ country: 'CH' }, { ...home, start_date: '2026-11-01' });
    expect(pointers(outside)).toEqual(['/customer/country vat_category']);
  });

  const delivered = {
    ...to({ country: 'BE' }, withLine({ vat_category: 'K', vat_rate: '0' })),
    end_date: '2026-11-19',
  };

  it.each(['BE 0123.456.749', ' be0123456789', 'DE123456789', 'EL123456789', 'XI123456789'])(
    'takes the VAT number %j for an intra-community supply from the Netherlands',
    (number) => {
      expect(pointers(to({ vat_number: number }, delivered))).toEqual([]);
    },
  );

  it.each(['NL999999999B01', '0123456789', 'CHE123456789', 'GB123456789', 'GR123456789', 'n/a'])(
    'does not take %j for one, which is no VAT number of another member state',
    (number) => {
      const [problem, ...others] = legalProblems(to({ vat_number: number }, delivered));
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ pointer: '/customer/vat_number', code: 'vat_prefix' });
      expect(problem?.detail).toBe(
        `Send another to PATCH /api/customers/${complete.customer.id}: VAT category K needs the customer’s VAT number ` +
          'of a member state other than NL. It begins with two letters such as DE, with EL for Greece and XI for Northern Ireland.',
      );
    },
  );

  it('takes goods to Northern Ireland for an intra-community supply, and to Great Britain not', () => {
    const british = to({ country: 'GB', vat_number: 'XI123456789' }, delivered);
    expect(pointers(british)).toEqual([]);
    expect(pointers(to({ vat_number: 'BE0123456789' }, british))).toEqual([
      '/customer/country vat_category',
    ]);
  });

  it('wants two letters before a VAT number under reverse charge, of whatever country', () => {
    const reversed = withLine({ vat_category: 'AE', vat_rate: '0' });
    for (const number of ['NL 9999.99.999.B01', 'EL123456789', 'CHE123456789', 'gb123456789']) {
      expect(pointers(to({ vat_number: number }, reversed))).toEqual([]);
    }
    const [problem, ...others] = legalProblems(to({ vat_number: '999999999B01' }, reversed));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ pointer: '/customer/vat_number', code: 'vat_prefix' });
    expect(problem?.detail).toContain('begins with the two letters of its country');
  });

  it('lets a credit note name its parties as the invoice did', () => {
    const old = to({ name: ' ', vat_number: '0123456789' }, delivered);
    const credits = { id: 'inv_01kacwhz00e0080000000000f1', number: 'INV-2026-0001' };
    const issued = { ...credits, issue_date: '2026-11-19' };
    const note = { ...old, kind: 'credit_note', due_date: null, credits: issued } as const;
    expect(pointers(note)).toEqual([]);
  });

  it('knows which rates held on the day of the supply', () => {
    expect(pointers(withLine({ vat_rate: '19' }))).toEqual(['/lines/0/vat_rate vat_rate']);
    expect(pointers(withLine({ vat_rate: '6' }))).toEqual(['/lines/0/vat_rate vat_rate']);
    expect(pointers({ ...withLine({ vat_rate: '6' }), end_date: '2018-12-31' })).toEqual([]);
    const early = { ...withLine({ vat_rate: '9' }), end_date: '2018-12-31' };
    expect(pointers(early)).toEqual(['/lines/0/vat_rate vat_rate']);
    expect(pointers(to({ country: 'DE' }, withLine({ vat_rate: '19' })))).toEqual([]);
    const then = { ...withLine({ vat_rate: '16' }), end_date: '2020-08-01' };
    expect(pointers(to({ country: 'DE' }, then))).toEqual([]);
    expect(pointers(to({ country: 'IT' }, withLine({ vat_rate: '22' })))).toEqual([]);
    const swiss = to({ country: 'CH' }, withLine({ vat_rate: '8.1' }));
    expect(pointers(swiss)).toEqual(['/lines/0/vat_rate vat_rate']);
    expect(pointers(to({ country: 'CH' }))).toEqual([]);
    expect(pointers(from({ country: 'IT' }))).toEqual([]);
  });

  it('judges the rates of a credit note by the day of what it corrects', () => {
    const old = { ...withLine({ vat_rate: '6' }), kind: 'credit_note', due_date: null } as const;
    const credits = { id: 'inv_01kacwhz00e0080000000000f1', number: 'INV-2018-0001' };
    const note = { ...old, credits: { ...credits, issue_date: '2018-12-30' } };
    expect(pointers(note)).toEqual([]);
    const later = { ...old, credits: { ...credits, issue_date: '2019-01-02' } };
    expect(pointers(later)).toEqual(['/lines/0/vat_rate vat_rate']);
  });

  it('lets nobody in the union have an export', () => {
    const exported = withLine({ vat_category: 'G', vat_rate: '0' });
    for (const country of ['NL', 'BE']) {
      expect(pointers(to({ country }, exported))).toEqual(['/customer/country vat_category']);
    }
    expect(pointers(to({ country: 'CH' }, exported))).toEqual([]);
  });

  it('lets nothing else stand beside what is outside of the VAT, and asks no VAT number there', () => {
    const outside = { ...line, vat_category: 'O', vat_rate: '0' } as const;
    const mixed = { ...complete, lines: [line, { ...outside, line: 2 }] };
    const numbered = legalProblems({ ...complete, lines: [outside] });
    expect(numbered).toMatchObject([{ pointer: '/lines/0/vat_category', code: 'vat_category' }]);
    expect(numbered[0]?.detail).toContain('INVOICE_ISSUER_VAT_NUMBER');
    expect(pointers(mixed)).toEqual(['/lines/1/vat_category vat_category']);
    const alone = { ...from({ vat_number: null }), lines: [outside] };
    expect(pointers(alone)).toEqual([]);
  });

  it('refuses an invoice of nothing, and one that is due before it is sent', () => {
    expect(pointers({ ...complete, total_minor: '0' })).toEqual(['/total_amount zero']);
    const late = { ...complete, due_date: '2026-11-19' };
    expect(pointers(late)).toEqual(['/due_date before_issue_date']);
  });

  it('wants VAT in the money of the country that it is owed in', () => {
    expect(pointers({ ...complete, currency: 'USD' })).toEqual(['/currency vat_currency']);
    expect(pointers({ ...complete, currency: 'USD', vat_minor: '0' })).toEqual([]);
  });
});
