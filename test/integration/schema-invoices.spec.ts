import { INVOICE_EDGES, INVOICE_STATES } from '../../src/modules/invoices/domain/invoice-lifecycle';
import { newId } from '../../src/shared/id';
import { openSchema, type Schema, type Values } from '../support/integration-schema';

const CHECK = '23514';
const UNIQUE = '23505';
const APPEND_ONLY = '42501';

describe('the database keeps invoices', () => {
  let db: Schema;
  let customer: string;
  let number = 0;
  beforeAll(async () => {
    db = await openSchema();
    customer = newId();
    await db.insert('customers.customers', { id: customer, name: 'Walter' });
  });
  afterAll(() => db?.close());

  const draft = (changes: Values = {}): Values => ({
    id: newId(),
    kind: 'invoice',
    customer_id: customer,
    currency: 'EUR',
    locale: 'nl',
    net_minor: 1000,
    vat_minor: 210,
    total_minor: 1210,
    created_by: 'test',
    ...changes,
  });

  const issued = (changes: Values = {}): Values => {
    number += 1;
    return draft({
      state: 'issued',
      series: 'INV',
      year: 2026,
      number,
      number_text: `INV-2026-${number}`,
      issue_date: '2026-11-20',
      issued_at: '2026-11-20T09:00:00Z',
      document: '{}',
      document_sha256: 'a'.repeat(64),
      ...changes,
    });
  };

  const line = (invoice: unknown, changes: Values = {}): Values => ({
    invoice_id: invoice,
    line: 1,
    description: 'Premium plan',
    quantity: '1',
    unit_price: '10',
    price_includes_vat: false,
    vat_category: 'S',
    vat_rate: '21',
    net_minor: 1000,
    total_minor: 1210,
    ...changes,
  });

  /** As every invoice comes to be: a draft first. */
  async function stored(row: Values): Promise<unknown> {
    const refusal = await refusalToStore(row);
    if (refusal !== null) throw new Error(refusal);
    return row['id'];
  }

  async function refusalToStore({ state = 'draft', ...row }: Values): Promise<string | null> {
    const { series, year, number: drawn, number_text, issue_date, issued_at, ...rest } = row;
    const { document, document_sha256, ...begun } = rest;
    const refusal = await db.refusalOfInsert('invoices.invoices', begun);
    if (refusal !== null || state === 'draft') return refusal;
    const issue = { series, year, number: drawn, number_text, issue_date, issued_at };
    const values = Object.entries({ ...issue, document, document_sha256 });
    const sets = values.map(([name], at) => `${name} = $${at + 2}`).join(', ');
    const sql = `UPDATE invoices.invoices SET ${sets}, state = 'issued' WHERE id = $1`;
    const refused = await db.refusalOf(sql, [row['id'], ...values.map(([, value]) => value)]);
    if (refused !== null || state === 'issued') return refused;
    return change(row['id'], `state = '${String(state)}'`);
  }

  const change = (id: unknown, sql: string) =>
    db.refusalOf(`UPDATE invoices.invoices SET ${sql} WHERE id = $1`, [id]);

  it('moves them along the edges of the lifecycle and along no other', async () => {
    const edges = await db.run(
      `SELECT from_state || ' ' || to_state AS edge FROM invoices.state_edges ORDER BY 1`,
    );
    const drawn = INVOICE_STATES.flatMap((from) =>
      Object.values(INVOICE_EDGES[from]).map((to) => `${from} ${to}`),
    );
    expect(edges.map(({ edge }) => edge)).toEqual(drawn.sort());
    for (const from of INVOICE_STATES.filter((state) => state !== 'draft')) {
      for (const to of INVOICE_STATES.filter((state) => state !== 'draft')) {
        const id = await stored(issued({ state: from }));
        const isLegal = from === to || drawn.includes(`${from} ${to}`);
        const refusal = await change(id, `state = '${to}'`);
        expect({ from, to, refusal }).toEqual({ from, to, refusal: isLegal ? null : CHECK });
      }
      expect(await change(await stored(issued({ state: from })), `state = 'draft'`)).toBe(CHECK);
    }
  });

  it.each([
    ['customer', `customer_id = gen_random_uuid()`],
    ['currency', `currency = 'USD'`],
    ['language', `locale = 'en'`],
    ['reference', `reference = 'other'`],
    ['due date', `due_date = '2027-01-01'`],
    ['period', `start_date = '2026-01-01'`],
    ['number', `number = 100000`],
    ['printed number', `number_text = 'INV-1'`],
    ['issue date', `issue_date = '2026-01-01'`],
    ['document', `document = '{"a":1}'`],
    ['hash', `document_sha256 = '${'b'.repeat(64)}'`],
    ['amounts', `net_minor = 1001, total_minor = 1211`],
    ['kind', `kind = 'credit_note', credits_id = id`],
  ])('never changes the %s of one that is issued', async (_, sql) => {
    expect(await change(await stored(issued()), sql)).toBe(CHECK);
  });

  it('lets money come in', async () => {
    const paid = `captured_minor = 99999, state = 'paid', paid_at = now()`;
    expect(await change(await stored(issued()), paid)).toBeNull();
  });

  it('deletes drafts with all that belongs to them, and nothing that was issued', async () => {
    const id = await stored(draft());
    await db.insert('invoices.lines', line(id));
    const remove = 'DELETE FROM invoices.invoices WHERE id = $1';
    expect(await db.refusalOf(remove, [id])).toBeNull();
    expect(await db.run('SELECT FROM invoices.lines WHERE invoice_id = $1', [id])).toEqual([]);
    expect(await db.refusalOf(remove, [await stored(issued())])).toBe(CHECK);
  });

  it('freezes the lines with the issue', async () => {
    const id = await stored(issued());
    expect(await db.refusalOfInsert('invoices.lines', line(id))).toBe(CHECK);
    const open = await stored(draft());
    await db.insert('invoices.lines', line(open));
    number += 1;
    const issue = await change(
      open,
      `state = 'issued', series = 'INV', year = 2026, number = ${number}, number_text = 'INV-x-${number}',
       issue_date = now(), issued_at = now(), document = '{}', document_sha256 = '${'c'.repeat(64)}'`,
    );
    expect(issue).toBeNull();
    const change1 = `UPDATE invoices.lines SET description = 'other' WHERE invoice_id = $1`;
    expect(await db.refusalOf(change1, [open])).toBe(CHECK);
    const remove = 'DELETE FROM invoices.lines WHERE invoice_id = $1';
    expect(await db.refusalOf(remove, [open])).toBe(CHECK);
  });

  it('moves no line to or from an invoice that is issued', async () => {
    const open = await stored(draft());
    await db.insert('invoices.lines', line(open));
    await db.insert('invoices.lines', line(open, { line: 2 }));
    const other = await stored(draft());
    const moved = (from: unknown, to: unknown) =>
      db.refusalOf('UPDATE invoices.lines SET invoice_id = $2 WHERE invoice_id = $1 AND line = 2', [
        from,
        to,
      ]);
    const shut = await stored(issued());
    expect(await moved(open, shut)).toBe(CHECK);
    expect(await moved(open, other)).toBeNull();
    expect(await moved(other, open)).toBeNull();
    const asIssued = issued();
    const sets = Object.keys(asIssued).filter((name) =>
      /^(series|year|number|issue|doc)/.test(name),
    );
    const set = sets.map((name, at) => `${name} = $${at + 2}`).join(', ');
    const values = sets.map((name) => asIssued[name]);
    await db.run(`UPDATE invoices.invoices SET state = 'issued', ${set} WHERE id = $1`, [
      open,
      ...values,
    ]);
    expect(await moved(open, other)).toBe(CHECK);
  });

  it.each(['issued', 'paid', 'credited'])('lets none begin as %s', async (state) => {
    expect(await db.refusalOfInsert('invoices.invoices', issued({ state }))).toBe(CHECK);
  });

  it.each([
    ['a number without an issue', { number: 1 }],
    ['an issue without a number', { state: 'issued' }],
    ['amounts that do not add up', { total_minor: 1211 }],
    ['an end before the start', { start_date: '2026-02-01', end_date: '2026-01-01' }],
    ['a credit note of nothing', { kind: 'credit_note' }],
    ['a language that we do not speak', { locale: 'fr' }],
    [
      'more than payments can be',
      { net_minor: 1_000_000_000_000, vat_minor: 0, total_minor: 1_000_000_000_000 },
    ],
  ])('refuses %s', async (_, wrong) => {
    expect(await db.refusalOfInsert('invoices.invoices', draft(wrong))).toBe(CHECK);
  });

  it('refuses to issue an invoice of nothing', async () => {
    const nothing = { net_minor: 0, vat_minor: 0, total_minor: 0 };
    expect(await refusalToStore(issued(nothing))).toBe(CHECK);
  });

  it('gives a number once', async () => {
    const row = issued();
    await stored(row);
    const again = issued({ number: row['number'] });
    expect(await refusalToStore(again)).toBe(UNIQUE);
    const sameText = issued({ number_text: row['number_text'] });
    expect(await refusalToStore(sameText)).toBe(UNIQUE);
  });

  it('counts a series up by one and never back', async () => {
    const insert = (last: number) =>
      db.refusalOfInsert('invoices.number_series', { series: 'X', year: 2026, last_number: last });
    expect(await insert(2)).toBe(CHECK);
    expect(await insert(1)).toBeNull();
    const set = (sql: string) =>
      db.refusalOf(`UPDATE invoices.number_series SET ${sql} WHERE series = 'X'`);
    expect(await set('last_number = 2')).toBeNull();
    expect(await set('last_number = 4')).toBe(CHECK);
    expect(await set('last_number = 1')).toBe(CHECK);
    expect(await set('year = 2027, last_number = 3')).toBe(CHECK);
    expect(await db.refusalOf('DELETE FROM invoices.number_series')).toBe(APPEND_ONLY);
  });

  it('keeps the first file of each kind, with its hash', async () => {
    const id = await stored(issued());
    const file = (changes: Values = {}): Values => ({
      invoice_id: id,
      kind: 'pdf',
      content: Buffer.from('%PDF'),
      content_type: 'application/pdf',
      sha256: 'fefbc8b5ce8fa2cbb3f4a9a0ee8bcdb6f8b55b5a5e0bcb1c3c2ad0f21e0d5ee1',
      ...changes,
    });
    expect(await db.refusalOfInsert('invoices.files', file())).toBe(CHECK);
    const [hash] = await db.run(`SELECT encode(sha256('%PDF'), 'hex') AS hash`);
    const right = { sha256: hash?.['hash'] };
    expect(await db.refusalOfInsert('invoices.files', file(right))).toBeNull();
    expect(await db.refusalOfInsert('invoices.files', file(right))).toBe(UNIQUE);
    expect(await db.refusalOf(`UPDATE invoices.files SET content = ''`)).toBe(APPEND_ONLY);
    expect(await db.refusalOf('DELETE FROM invoices.files')).toBe(APPEND_ONLY);
  });

  it.each(['invoices', 'lines', 'number_series', 'files', 'payments', 'state_changes'])(
    'never empties %s',
    async (table) => {
      expect(await db.refusalOf(`TRUNCATE invoices.${table} CASCADE`)).toBe(APPEND_ONLY);
    },
  );
});
