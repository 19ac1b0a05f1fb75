import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type AccountInspection } from '../../src/providers/provider-inspection';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { textAt } from '../../src/shared/json';
import { controlOf, CLIENT_ID, done, openPayPal, startPayPal } from './paypal.support';
import { configure, control as ask, KEY } from './paypro.support';

/** What each gateway shows of our own account: neither the adapters nor the simulators know the other's code. */

const WEBHOOK_ID = '1JE4291016473214C';
const SECRET = 'ASecretOfThirtyTwoAlphanumerics0';
const HERE = 'https://pay.example/api/notifications';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startPayPal([KEY]);
  const { listen } = controlOf(sandbox.url);
  await listen({ account: CLIENT_ID, url: `${HERE}/paypal`, id: WEBHOOK_ID });
  await listen({ account: CLIENT_ID, url: 'https://old.example/hook', id: '9XX' });
  const body = { gateway: 'paypro', account: KEY, url: `${HERE}/paypro`, secret: SECRET };
  await ask(sandbox, { method: 'POST', path: 'webhooks', body });
});
afterAll(() => sandbox?.close());

async function inspected({ inspection }: PaymentProvider): Promise<AccountInspection> {
  if (!inspection) throw new Error('the adapter shows nothing');
  return done(await inspection.inspect());
}

const paypal = (settings: Readonly<Record<string, string>> = {}) =>
  openPayPal(sandbox.url, [], { WEBHOOK_ID, ...settings });
const paypro = (key = KEY) => configure(sandbox, key, { WEBHOOK_SECRETS: `other,${SECRET}` });

const hook = (url: string, isConfigured: boolean) => ({
  url,
  isConfigured,
  isActive: true,
  missingEvents: [],
});

describe('an account shows', () => {
  it('the webhooks of the PayPal app, and which one our settings name', async () => {
    const { webhooks } = await inspected(paypal());
    expect(webhooks).toHaveLength(2);
    expect(webhooks).toContainEqual(hook(`${HERE}/paypal`, true));
    expect(webhooks).toContainEqual(hook('https://old.example/hook', false));
  });

  it('the webhooks of the PayPro account, and which one has a secret of ours', async () => {
    const { webhooks } = await inspected(paypro());
    expect(webhooks).toEqual([hook(`${HERE}/paypro`, true)]);
    // The secret is compared and never handed on.
    expect(JSON.stringify(webhooks)).not.toContain(SECRET);
  });

  it('which events a webhook leaves out, and that it is switched off', async () => {
    const call = async (path: string, headers: Record<string, string>, body: object) => {
      const sent = { method: 'POST', body: JSON.stringify(body) };
      const type = { 'content-type': 'application/json' };
      const answer = await fetch(`${sandbox.url}${path}`, {
        ...sent,
        headers: { ...type, ...headers },
      });
      return answer.json();
    };
    const bearer = { authorization: `Bearer ${KEY}` };
    const few = { name: 'few', url: 'https://few.example', enabled_event_types: ['payment.paid'] };
    const made = await call('/paypro/webhooks', bearer, few);
    await fetch(`${sandbox.url}/paypro/webhooks/${textAt(made, 'id')}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...bearer },
      body: JSON.stringify({ active: false }),
    });
    const { webhooks } = await inspected(paypro());
    const found = webhooks.find(({ url }) => url === few.url);
    expect(found).toMatchObject({ isActive: false, isConfigured: false });
    expect(found?.missingEvents).toContain('refund.refunded');
    expect(found?.missingEvents).not.toContain('payment.paid');
  });

  it('events of Payments v1 to an account that speaks it', async () => {
    const basic = Buffer.from(`${CLIENT_ID}:contract-secret-that-nobody-may-see`).toString(
      'base64',
    );
    const token = await fetch(`${sandbox.url}/paypal/v1/oauth2/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const authorization = `Bearer ${textAt(await token.json(), 'access_token')}`;
    const types = ['PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.SALE.COMPLETED'];
    await fetch(`${sandbox.url}/paypal/v1/notifications/webhooks`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        url: 'https://v1.example',
        event_types: types.map((name) => ({ name })),
      }),
    });
    const missing = async (settings: Readonly<Record<string, string>>) => {
      const { webhooks } = await inspected(paypal(settings));
      return webhooks.find(({ url }) => url === 'https://v1.example')?.missingEvents;
    };
    expect(await missing({})).toContain('PAYMENT.CAPTURE.REFUNDED');
    expect(await missing({})).not.toContain('PAYMENT.CAPTURE.COMPLETED');
    expect(await missing({ API: 'payments_v1' })).toContain('PAYMENT.SALE.REFUNDED');
    expect(await missing({ API: 'payments_v1' })).not.toContain('PAYMENT.SALE.COMPLETED');
  });

  it.each([
    ['PayPal', () => paypal()],
    ['PayPro', () => paypro()],
  ])('the clock of %s, and no guess about money at an address of ours', async (_, open) => {
    const before = Date.now();
    const { clock, movesRealMoney } = await inspected(open());
    expect(Math.abs((clock?.getTime() ?? 0) - before)).toBeLessThan(60_000);
    expect(movesRealMoney).toBeNull();
  });

  it.each([
    ['PayPal', () => paypal({ CLIENT_SECRET: 'wrong' })],
    ['PayPro', () => paypro('pp_unknown')],
  ])('nothing to whom %s does not know', async (_, open) => {
    expect(await open().inspection?.inspect()).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant' },
    });
  });

  it.each([
    ['PayPal', 'paypal', '/webhooks', () => paypal()],
    ['PayPro', 'paypro', '/webhooks', () => paypro()],
  ])('nothing that can be relied on while %s is broken', async (_, gateway, path, open) => {
    const match = { method: 'GET', path_contains: path };
    const body = { gateway, match, times: 1, kind: 'error_before', status: 500 };
    await ask(sandbox, { method: 'POST', path: 'faults', body });
    expect(await open().inspection?.inspect()).toMatchObject({ outcome: 'unknown' });
  });
});
