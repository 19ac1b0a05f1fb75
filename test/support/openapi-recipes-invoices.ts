import { createHash } from 'node:crypto';
import { readId } from '../../src/shared/id';
import { type TestApp } from './app';
import { type Answer, call, eventually } from './http';
import * as invoices from './invoices';
import { type DocumentedOperation } from './openapi-document';
import { bodyOf, pathOf } from './openapi-examples';
import { type Recipe } from './openapi-recipe';
import { pressOnPayPage } from './pay-page';
import * as payments from './payments';
import { textOf } from './read';
import { sandboxOf, slow } from './sandbox';

/** Written as `&quot;`, more than any page may hold; the database has less to carry. */
const QUOTES = 1_500_000;

const KEY = { 'idempotency-key': 'invoices-of-the-document' };
const OTHER_KEY = { 'idempotency-key': 'invoices-of-payments' };

/** The id of no customer. */
const NOBODY = 'cus_01kacwhz00e008000000000099';

/** Without the two letters that EN 16931 wants. */
const BARE_VAT_NUMBER = '123456789B01';

const PDF = Buffer.from('%PDF-1.7 as it was rendered');

const staff = ({ keys }: TestApp) => ({ key: keys.staff });

/** A draft for somebody who may be invoiced. */
async function makeDraft(app: TestApp): Promise<string> {
  return invoices.makeDraft(app, { customer: await invoices.newCustomer(app) });
}

const issued =
  (make: (app: TestApp) => Promise<string>) =>
  async (app: TestApp): Promise<string> => {
    const id = await make(app);
    payments.expectStatus(await invoices.command(app, id, 'issue'), 200);
    return id;
  };

const makeIssued = issued(makeDraft);

/** Nobody asked for an invoice of it yet. */
async function makePaid(app: TestApp): Promise<string> {
  const customer = await invoices.newCustomer(app);
  const { id } = await payments.makePressed(app, 'paypal', 'pay', { customer });
  payments.expectStatus(await payments.command(app, id, 'approve'), 200);
  return id;
}

function fromPayment(app: TestApp, payment: string, headers = {}): Promise<Answer> {
  const sent = { ...staff(app), body: { vat_rate: '21' }, headers };
  return call(app, 'POST', `/api/invoices/from-payment/${payment}`, sent);
}

async function makeDraftOfPayment(app: TestApp): Promise<string> {
  const made = await fromPayment(app, await makePaid(app));
  payments.expectStatus(made, 201);
  return textOf(made.body, 'id');
}

/** As an earlier release, without these limits, may have stored it. */
async function makeUnprintable(app: TestApp): Promise<string> {
  const id = await makeDraft(app);
  await app.query('UPDATE invoices.lines SET description = repeat($2, $3) WHERE invoice_id = $1', [
    invoices.invoiceUuid(id),
    '"',
    QUOTES,
  ]);
  return id;
}

/** As a release with other tables of VAT rates may have issued it. */
async function makeOutdated(app: TestApp): Promise<string> {
  const id = await makeIssued(app);
  await app.query('ALTER TABLE invoices.lines DISABLE TRIGGER USER');
  await app.query(`UPDATE invoices.lines SET vat_rate = '20' WHERE invoice_id = $1`, [
    invoices.invoiceUuid(id),
  ]);
  await app.query('ALTER TABLE invoices.lines ENABLE TRIGGER USER');
  return id;
}

/** An invoice that the law is content with and EN 16931 is not. */
const makePaperOnly = issued(async (app) => {
  const wishes = { vat_number: BARE_VAT_NUMBER, email: 'walter@example.com' };
  const customer = await invoices.newCustomer(app, wishes);
  return invoices.makeDraft(app, { customer });
});

/** Where no browser prints. */
async function store(app: TestApp, id: string): Promise<void> {
  await app.query(
    `INSERT INTO invoices.files (invoice_id, kind, content, content_type, sha256)
     VALUES ($1, 'pdf', $2, 'application/pdf', $3)`,
    [invoices.invoiceUuid(id), PDF, createHash('sha256').update(PDF).digest('hex')],
  );
}

/** Asks of what was made for it, with the first example where nothing else is said. */
const on =
  (make: (app: TestApp) => Promise<string>, body?: object): Recipe =>
  async (app, operation) =>
    at(app, operation, { id: await make(app), body });

function at(
  app: TestApp,
  operation: DocumentedOperation,
  { id, body = bodyOf(operation) }: { readonly id: string; readonly body?: object | undefined },
): Promise<Answer> {
  return call(app, operation.method, pathOf(operation, { id }), { ...staff(app), body });
}

/** A draft that was made under a key and deleted, and the same request once more. */
async function again(app: TestApp, make: () => Promise<Answer>): Promise<Answer> {
  const made = await make();
  payments.expectStatus(made, 201);
  const path = `/api/invoices/${textOf(made.body, 'id')}`;
  payments.expectStatus(await call(app, 'DELETE', path, staff(app)), 200);
  return make();
}

/** From now on its customer is somebody else’s. */
async function handOn(app: TestApp, customer: string): Promise<void> {
  const sent = { ...staff(app), body: { owners: ['test-other'] } };
  payments.expectStatus(await call(app, 'PATCH', `/api/customers/${customer}`, sent), 200);
}

const whileBeingPaid: Recipe = async (app, operation) => {
  const id = await makeIssued(app);
  const body = invoices.payBody('paypal');
  payments.expectStatus(await invoices.command(app, id, 'pay', { body }), 201);
  return at(app, operation, { id });
};

/** There is no such pay method anywhere. */
const byNobody: Recipe = async (app, operation, others) => {
  const { return_url, cancel_url } = invoices.payBody();
  const body = { return_url, cancel_url, pay_methods: ['no_such_method'] };
  const id = await makeIssued(app);
  const { url } = await others.strangers();
  return at({ ...app, url }, operation, { id, body });
};

/** The customer changes hands between the first look at the invoice and the intent of its payment. */
const paidByFormerOwner: Recipe = async (app) => {
  const customer = await invoices.newCustomer(app);
  const id = await invoices.makeIssued(app, { customer });
  await sandboxOf(app).clearCalls();
  await sandboxOf(app).fault('paypro', slow('/customers'));
  const body = invoices.payBody('paypro');
  const asked = invoices.command(app, id, 'pay', { key: app.keys.user, body });
  await eventually(
    () => sandboxOf(app).calls(),
    (calls) => calls.some(({ path }) => path.includes('/customers')),
  );
  await handOn(app, customer);
  return asked;
};

const replayedToFormerOwner: Recipe = async (app) => {
  const customer = await invoices.newCustomer(app);
  const id = await invoices.makeIssued(app, { customer });
  const sent = { key: app.keys.user, headers: KEY, body: invoices.payBody() };
  payments.expectStatus(await invoices.command(app, id, 'pay', sent), 201);
  await handOn(app, customer);
  return invoices.command(app, id, 'pay', sent);
};

const ofPaymentWithoutCustomer: Recipe = async (app) => {
  const body = payments.paymentBody(app, { provider: 'paypal', customer: null });
  const made = await call(app, 'POST', '/api/payments', { ...staff(app), body });
  payments.expectStatus(made, 201);
  await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
  const id = textOf(made.body, 'id');
  const approve = `/api/payments/${id}/approve`;
  payments.expectStatus(await call(app, 'POST', approve, { ...staff(app), body: {} }), 200);
  return fromPayment(app, id);
};

/** What needs an invoice in a certain state, or a certain body: by operation and code. */
export const invoiceRecipes: Readonly<Record<string, Recipe>> = {
  'createInvoice invoice_not_found': async (app) => {
    const customer = await invoices.newCustomer(app);
    return again(app, () => invoices.draft(app, { customer }, { headers: KEY }));
  },
  'updateInvoice invoice_state': on(makeIssued),
  'updateInvoice draft_of_payment': async (app, operation) => {
    const customer = await invoices.newCustomer(app);
    return at(app, operation, { id: await makeDraftOfPayment(app), body: { customer } });
  },
  'updateInvoice customer_unknown': on(makeDraft, { customer: NOBODY }),
  'deleteInvoice invoice_state': on(makeIssued),
  'issueInvoice invoice_state': on(makeIssued),
  'issueInvoice invoice_incomplete': on((app) => invoices.makeDraft(app)),
  'issueInvoice draft_of_payment': on(async (app) => {
    const id = await makeDraftOfPayment(app);
    // No route leads there: whoever changed the row, it is issued for nobody else.
    await app.query('UPDATE invoices.invoices SET customer_id = $2 WHERE id = $1', [
      invoices.invoiceUuid(id),
      readId('cus', await invoices.newCustomer(app)),
    ]);
    return id;
  }),
  'creditInvoice invoice_state': on(makeDraft),
  'creditInvoice invoice_incomplete': on(makeOutdated, {}),
  'creditInvoice payment_in_progress': whileBeingPaid,
  'creditInvoice credit_too_high': on(makeIssued, { lines: [{ line: 1, quantity: '2' }] }),
  'payInvoice invoice_state': on(makeDraft),
  'payInvoice payment_in_progress': whileBeingPaid,
  'payInvoice no_suitable_provider': byNobody,
  'payInvoice payment_not_found': replayedToFormerOwner,
  'payInvoice customer_forbidden': paidByFormerOwner,
  'createInvoiceFromPayment payment_not_paid': async (app) =>
    fromPayment(app, (await payments.makePayment(app, 'paypal')).id),
  'createInvoiceFromPayment payment_has_invoice': async (app) => {
    const id = await makePaid(app);
    payments.expectStatus(await fromPayment(app, id), 201);
    return fromPayment(app, id);
  },
  'createInvoiceFromPayment customer_required': ofPaymentWithoutCustomer,
  'createInvoiceFromPayment invoice_not_found': async (app) => {
    const payment = await makePaid(app);
    return again(app, () => fromPayment(app, payment, OTHER_KEY));
  },
  'getInvoicePdf invoice_state': on(makeDraft),
  'getInvoicePdf invoice_unprintable': on(issued(makeUnprintable)),
  'getInvoicePdf pdf_unavailable': on(makeIssued),
  'getInvoiceUbl invoice_state': on(makeDraft),
  'getInvoiceUbl e_invoice_incomplete': on(makePaperOnly),
  'getInvoiceFacturX invoice_state': on(makeDraft),
  'getInvoiceFacturX e_invoice_incomplete': on(async (app) => {
    const id = await makePaperOnly(app);
    await store(app, id);
    return id;
  }),
  'getInvoiceFacturX invoice_unprintable': on(issued(makeUnprintable)),
  'getInvoiceFacturX pdf_unavailable': on(makeIssued),
  'previewInvoice invoice_state': on(makeIssued),
  'previewInvoice invoice_unprintable': on(makeUnprintable),
  'previewInvoice pdf_unavailable': on(makeDraft),
};
