import { renderApiDocument } from '../../../../scripts/docs/api-document';
import { documentationConfig } from '../../../../scripts/docs/documentation-config';
import { renderEnvironmentExample } from '../../../../scripts/docs/environment-example';
import { renderProvidersPage } from '../../../../scripts/docs/providers-page';
import { startTestApp, type TestApp } from '../../../support/app';
import { call, eventually } from '../../../support/http';
import { notificationsOf } from '../../../support/notifications';
import * as payments from '../../../support/payments';
import { brokenPromises } from '../../../support/promises';
import { listOf, numberOf, textOf } from '../../../support/read';
import { ACME_KEY, AcmeGateway } from '../acme-gateway';

/** The whole program with Acme alone: its ordinary routes, no line of which knows that there is such a gateway. */

let acme: AcmeGateway;
let app: TestApp;

beforeAll(async () => {
  acme = await AcmeGateway.start();
  const { BASE_URL, WEBHOOK_KEY } = acme.settings;
  app = await startTestApp({
    settings: {
      PROVIDERS: 'acme',
      ACME__API_KEY: ACME_KEY,
      ACME__MODE: 'sandbox',
      ACME__BASE_URL: BASE_URL,
      ACME__WEBHOOK_KEY: WEBHOOK_KEY,
    },
  });
});

beforeEach(() => acme.reset());

afterAll(async () => {
  await app?.close();
  await acme?.close();
});

async function refund(id: string, amount: number) {
  const path = `/api/payments/${id}/refunds`;
  const made = await call(app, 'POST', path, { key: app.keys.user, body: { amount } });
  payments.expectStatus(made, 201);
  return textOf(made.body, 'state');
}

it('is created, paid, approved and refunded', async () => {
  const { id, checkoutUrl, providerId } = await payments.makePayment(app, 'acme');
  payments.expectProblem(await payments.command(app, id, 'approve'), 409, 'payment_not_approved');
  await acme.press({ checkoutUrl }, 'pay');
  const approved = await payments.command(app, id, 'approve');
  payments.expectStatus(approved, 200);
  expect(textOf(approved.body, 'state')).toBe('paid');
  const amount = BigInt(numberOf(approved.body, 'amount'));
  expect(await acme.books(providerId)).toEqual({ taken: amount, returned: 0n });
  expect(await refund(id, 250)).toBe('refunded');
  expect(await refund(id, Number(amount) - 250)).toBe('refunded');
  expect(await acme.books(providerId)).toEqual({ taken: amount, returned: amount });
});

it('is never captured once it was canceled here, because Acme cannot cancel', async () => {
  const { id, checkoutUrl, providerId } = await payments.makePayment(app, 'acme', {
    currency: 'JPY',
    amount: 5_000,
  });
  const canceled = await payments.command(app, id, 'cancel');
  expect(canceled.body).toMatchObject({ state: 'canceled', canceled_via: 'local' });
  await acme.press({ checkoutUrl }, 'pay');
  payments.expectStatus(await payments.command(app, id, 'approve'), 409);
  expect(await acme.books(providerId)).toEqual({ taken: 0n, returned: 0n });
});

it('is one checkout after an answer that got lost', async () => {
  await acme.misbehave('create', 'drop_after');
  const made = await payments.create(app, { provider: 'acme' });
  payments.expectStatus(made, 202);
  const id = textOf(made.body, 'id');
  expect(textOf((await payments.settled(app, id)).body, 'state')).toBe('open');
  expect(await acme.heldFor(id)).toBe(1);
});

it('is paid by a notification where the payer never comes back', async () => {
  const { id, checkoutUrl, providerId } = await payments.makePayment(app, 'acme', {
    auto_approve: true,
  });
  await acme.press({ checkoutUrl }, 'pay');
  const [told] = await acme.told({ providerId });
  const send = (headers: Readonly<Record<string, string>>) =>
    call(app, 'POST', '/api/notifications/acme', {
      raw: told?.body ?? '',
      headers: { 'content-type': 'application/json', ...headers },
    });
  payments.expectProblem(await send({ 'acme-proof': 'forged' }), 401, 'notification_forged');
  const proof = String(told?.headers['acme-proof']);
  payments.expectStatus(await send({ 'acme-proof': proof }), 200);
  await eventually(
    () => payments.show(app, id),
    ({ body }) => textOf(body, 'state') === 'paid',
  );
  const heard = await notificationsOf(app, providerId);
  // Acme's own list of events may have been read by then, which tells of more.
  expect(heard.map(({ event_type }) => event_type)).toContain('checkout agreed');
});

it('is refused what Acme cannot do, before anything is sent', async () => {
  for (const changes of [
    { pay_methods: ['ideal'] },
    { currency: 'USD' },
    { capture_method: 'manual' },
    { amount: 99 },
  ]) {
    const refused = await payments.create(app, { provider: 'acme', ...changes });
    payments.expectProblem(refused, 422, 'unsupported_by_provider');
  }
  expect(await acme.arrived('create')).toBe(0);
});

it('is in the list of providers, and takes payments that name none', async () => {
  const listed = await call(app, 'GET', '/api/providers', { key: app.keys.staff });
  expect(listOf(listed.body, 'data')).toMatchObject([
    { id: 'acme', adapter: 'acme', name: 'Acme', capabilities: { cancel: 'local', refund: true } },
  ]);
  const made = await payments.create(app, { provider: undefined });
  expect(textOf(made.body, 'provider')).toBe('acme');
});

it('is in the generated pages', async () => {
  expect(renderProvidersPage()).toContain('## Acme\n\nAdapter `acme`, in `src/providers/acme`.');
  expect(renderEnvironmentExample()).toContain('\nACME__API_KEY=\n');
  // By `x-provider-support`: what cancelling means there.
  expect(await renderApiDocument(documentationConfig())).toContain('"acme": "local"');
});

it('keeps the promises of every answer', () => {
  expect(brokenPromises(app)).toEqual([]);
});
