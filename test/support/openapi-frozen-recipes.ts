import { generateApiKey } from '../../src/platform/auth/api-key';
import { hexId } from '../../src/shared/id';
import { type TestApp } from './app';
import * as compat from './compatibility';
import { type Answer, type CallOptions, eventually } from './http';
import * as invoices from './invoices';
import { pathOf } from './openapi-examples';
import { type FrozenError } from './openapi-frozen-errors';
import * as payments from './payments';
import { type Fault, sandboxOf, slow } from './sandbox';

/** The program, and itself under other circumstances. */
export interface FrozenApps {
  readonly app: TestApp;
  /** With `COMPAT_ENABLED=false`. */
  readonly off: { readonly url: string };
  /** Whose staff asked as often as they may. */
  readonly strict: { readonly url: string };
  /** Cut off from its database. */
  readonly severed: { readonly url: string };
}

type FrozenRecipe = (apps: FrozenApps, error: FrozenError) => Promise<Answer>;

/** The key of the examples. */
const KEY_OF_EXAMPLE = { 'idempotency-key': '1' };

/** Above the most that a body may have. */
const MUCH = 'x'.repeat(70_000);

const TOKEN = 'EC-39L024900R781241G';
const PAYPAL_ID = 'PAY-6RV70583SB702805EKEYSZ6Y';
const PAYER = '7E7MGXCWTTKK2';

/** What is answered to this error’s operation and circumstances. */
export function provokeFrozen(apps: FrozenApps, error: FrozenError): Promise<Answer> {
  const { operation, status, name } = error;
  const recipe =
    recipes[`${operation.id} ${name}`] ??
    recipes[`${operation.id} ${status}`] ??
    recipes[name] ??
    recipes[status];
  if (recipe === undefined) throw new Error(`nobody knows how to provoke ${operation.id} ${name}`);
  return recipe(apps, error);
}

/** By operation and sentence or status, or by sentence or status alone. */
const recipes: Readonly<Record<string, FrozenRecipe>> = {
  'Authentication credentials were not provided.': ({ app }, error) => ask(app, error),
  'Invalid token.': ({ app }, error) => ask(app, error, { key: 'nobody' }),
  413: ({ app }, error) => ask(app, error, { ...staff(app), body: { text: MUCH } }),
  415: ({ app }, error) =>
    ask(app, error, {
      ...staff(app),
      raw: 'amount=10',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  424: ({ app, off }, error) => ask(off, error, staff(app)),
  429: ({ app, strict }, error) => ask(strict, error, staff(app)),
  503: ({ severed }, error) => ask(severed, error, { key: generateApiKey() }),
  404: ({ app }, error) => ask(app, error, staff(app)),
  'Invalid page.': ({ app }, { operation }) =>
    compat.ask(app, 'GET', `${pathOf(operation)}?page=99`, staff(app)),
  'listFrozenPayments 400': ofNobody,
  'listFrozenInvoices 400': ofNobody,
  "getFrozenInvoicePdf There's no PDF for this invoice.": async ({ app }, { operation }) => {
    const customer = await invoices.newCustomer(app);
    const uuid = hexId(invoices.invoiceUuid(await invoices.makeIssued(app, { customer })));
    return compat.ask(app, 'GET', pathOf(operation, { uuid }), staff(app));
  },
  'createFrozenPayment 400': ({ app }, error) =>
    ask(app, error, {
      ...staff(app),
      body: { amount: 'ten', customer: 'nobody', cancel_url: 'shop' },
    }),
  'createFrozenPayment 403': ({ app }) =>
    compat.create(app, { customer: compat.customerUrl(app, app.customers.other) }),
  'createFrozenPayment 409': async ({ app }, error) => {
    const body = compat.orderOf(app);
    return whileItRuns(app, error, { body, fault: slow('/v2/checkout/orders') });
  },
  'createFrozenPayment 422': ({ app }, error) => reused(app, error, compat.orderOf(app)),
  'createFrozenPayment 500': ({ app }) =>
    after(app, { kind: 'unauthorized', match: ORDERS, times: 2 }, () => compat.create(app)),
  'approveFrozenPayment 400': ({ app }, error) => ask(app, error, { ...staff(app), body: {} }),
  [`approveFrozenPayment Payment with token ${TOKEN} does not exist`]: ({ app }) =>
    compat.approve(app, { payment_id: PAYPAL_ID, payer_id: PAYER, token: TOKEN }),
  [`approveFrozenPayment Payment with id ${PAYPAL_ID} does not exist`]: ({ app }) =>
    compat.approve(app, { payment_id: PAYPAL_ID, payer_id: PAYER }),
  'approveFrozenPayment 409': async ({ app }) => {
    const { uuid } = await compat.order(app);
    payments.expectStatus(await compat.cancel(app, { payment_id: uuid }), 200);
    return compat.approve(app, { payment_id: uuid, payer_id: PAYER });
  },
  [`approveFrozenPayment ${inFlight()}`]: async ({ app }, error) => {
    const { back } = await compat.agreed(app);
    return whileItRuns(app, error, { body: back, fault: slow('/capture') });
  },
  'approveFrozenPayment 422': async ({ app }, error) =>
    reused(app, error, (await compat.agreed(app)).back),
  'approveFrozenPayment 500': async ({ app }) =>
    compat.approve(app, (await compat.agreed(app, {}, 'decline')).back),
  'cancelFrozenPayment 400': ({ app }, error) => ask(app, error, { ...staff(app), body: {} }),
  [`cancelFrozenPayment Payment with token ${TOKEN} does not exist`]: ({ app }) =>
    compat.cancel(app, { token: TOKEN }),
  [`cancelFrozenPayment Payment with id ${PAYPAL_ID} does not exist`]: ({ app }) =>
    compat.cancel(app, { payment_id: PAYPAL_ID }),
  'cancelFrozenPayment 409': async ({ app }) => {
    const { back } = await compat.agreed(app);
    payments.expectStatus(await compat.approve(app, back), 200);
    return compat.cancel(app, { payment_id: back.payment_id });
  },
  [`cancelFrozenPayment ${inFlight()}`]: async ({ app }, error) => {
    const { id } = await payments.makeHeld(app);
    return whileItRuns(app, error, { body: { payment_id: id }, fault: slow('/void') });
  },
  'cancelFrozenPayment 422': async ({ app }, error) =>
    reused(app, error, { payment_id: (await compat.order(app)).uuid }),
  'cancelFrozenPayment 500': async ({ app }) => {
    const { id } = await payments.makeHeld(app);
    const fault = { kind: 'drop_after', match: { method: 'POST', path_contains: '/void' } };
    return after(app, fault, () => compat.cancel(app, { payment_id: id }));
  },
};

const ORDERS = { method: 'POST', path_contains: '/v2/checkout/orders' };

function inFlight(): string {
  return 'The first request with the Idempotency-Key "1" still runs. Repeat this one in a second.';
}

function staff({ keys }: TestApp): { readonly key: string } {
  return { key: keys.staff };
}

function ask(
  asked: { readonly url: string },
  { operation }: FrozenError,
  options: CallOptions = {},
): Promise<Answer> {
  const isCommand = operation.method === 'POST' && options.raw === undefined;
  const sent = isCommand ? { body: {}, ...options } : options;
  return compat.ask(asked, operation.method, pathOf(operation), sent);
}

function ofNobody({ app }: FrozenApps, { operation }: FrozenError): Promise<Answer> {
  return compat.ask(app, 'GET', `${pathOf(operation)}?customer=nobody`, staff(app));
}

/** The same request once more, while the first one waits for the provider. */
async function whileItRuns(
  app: TestApp,
  error: FrozenError,
  { body, fault }: { readonly body: object; readonly fault: Fault },
): Promise<Answer> {
  const key = await app.makeKey({ subject: `hasty-${error.operation.id}`, role: 'staff' });
  const once = () => ask(app, error, { key, body, headers: KEY_OF_EXAMPLE });
  await sandboxOf(app).clearCalls();
  return after(app, fault, async () => {
    const first = once();
    const { path_contains: path = '' } = fault.match ?? {};
    await eventually(
      () => sandboxOf(app).calls(),
      (calls) => calls.some((one) => one.path.includes(path)),
    );
    const second = await once();
    payments.expectStatus(await first, 200, 201);
    return second;
  });
}

/** With the key that another request of the same caller had. */
async function reused(app: TestApp, error: FrozenError, body: object): Promise<Answer> {
  const key = await app.makeKey({ subject: `careless-${error.operation.id}`, role: 'staff' });
  const other = compat.orderOf(app, { amount: '1.00' });
  const sent = { key, headers: KEY_OF_EXAMPLE };
  const first = await compat.ask(app, 'POST', compat.PAYMENTS, { ...sent, body: other });
  payments.expectStatus(first, 201);
  return ask(app, error, { ...sent, body });
}

async function after<T>(app: TestApp, fault: Fault, work: () => Promise<T>): Promise<T> {
  await sandboxOf(app).fault('paypal', fault);
  try {
    return await work();
  } finally {
    await sandboxOf(app).dropFaults();
  }
}
