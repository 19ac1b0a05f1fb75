import { readId } from '../../src/shared/id';
import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as mandates from '../support/mandates';
import { endJobPauses } from '../support/notifications';
import * as payments from '../support/payments';
import { textOf } from '../support/read';

describe('a customer at two accounts', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'broken,paypro',
        BROKEN__TYPE: 'paypro',
        BROKEN__API_KEY: 'pp_not_a_key',
        BROKEN__MODE: 'sandbox',
        BROKEN__BASE_URL: `${sandboxUrl}/paypro`,
      }),
    });
  });
  afterAll(() => app?.close());

  it('is told to one what changes though the other cannot be told', async () => {
    const customer = await mandates.newCustomer(app);
    await mandates.askForMandate(app, customer, {
      body: { ...mandates.ACCOUNT, provider: 'paypro' },
    });
    // PayPro refuses the key of this account, which is told first.
    await app.query(
      `INSERT INTO customers.provider_customers (customer_id, account, provider_customer, lease_until)
       VALUES ($1, 'broken', 'CUELSEWHERE', now())`,
      [readId('cus', customer)],
    );
    const path = `/api/customers/${customer}`;
    const body = { city: 'Zwolle' };
    payments.expectStatus(await call(app, 'PATCH', path, { key: app.keys.user, body }), 200);
    const known = await eventually(
      async () => {
        await endJobPauses(app);
        return customersAtPaypro();
      },
      (all) => all.includes('Zwolle'),
    );
    expect(known).toContain('de Vries');
    const [kept] = await app.query(
      `SELECT error_code FROM customers.provider_customers WHERE account = 'broken'`,
    );
    expect(textOf(kept, 'error_code')).toBe('authentication_error');
  });

  async function customersAtPaypro(): Promise<string> {
    const at = { url: app.sandboxUrl };
    return (await call(at, 'GET', '/paypro/customers', { key: PAYPRO_KEY })).text;
  }
});
