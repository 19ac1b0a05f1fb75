import { type Browser, type HTTPResponse, type Page } from 'puppeteer';
import { generateApiKey } from '../../src/platform/auth/api-key';
import { startTestApp, type TestApp } from '../support/app';
import { describeInBrowser } from '../support/browser';
import { ask, customerUrl, PAYMENTS } from '../support/compatibility';
import { call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { listOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const SHOP = '/demo/shop';

describe('the sample shop where no demonstration runs', () => {
  it('is not there', async () => {
    const app = await startTestApp();
    try {
      for (const path of [
        SHOP,
        `${SHOP}/`,
        `${SHOP}/return`,
        `${SHOP}/cancel`,
        `${SHOP}/shop.js`,
      ]) {
        payments.expectProblem(await call(app, 'GET', path), 404, 'route_not_found');
      }
    } finally {
      await app.close();
    }
  });
});

describeInBrowser('the sample shop', (open) => {
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  /** What the browser would have written in red. */
  const complaints: string[] = [];

  beforeAll(async () => {
    const key = generateApiKey();
    app = await startTestApp({ settings: { DEMO: 'true', DEMO_USER_KEY: key } });
    await app.makeKey({ subject: 'test-user', role: 'user', key });
    browser = await open();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${app.url}${SHOP}`);
  });
  afterEach(() => page.close());

  /** What an expression in the page gives; empty where it is not there (yet). */
  async function seen(expression: string): Promise<string> {
    const value = await page.evaluate(expression);
    return typeof value === 'string' ? value : '';
  }

  const textIn = (selector: string): Promise<string> =>
    seen(`document.querySelector(${JSON.stringify(selector)})?.textContent`);

  /** What the message says once it says something that fits. */
  async function told(pattern: RegExp): Promise<string> {
    return eventually(
      () => textIn('#message'),
      (text) => pattern.test(text),
    );
  }

  /** Amount and state of the payment at the top of the list. */
  function topIs(amount: string, state: string) {
    return eventually(
      () => textIn('#payments li'),
      (text) => text.includes(amount) && text.includes(state),
    );
  }

  async function payFor(amount: string): Promise<HTTPResponse | null> {
    await page.locator('#amount').fill(amount);
    const gone = page.waitForNavigation();
    await page.locator('button.main').click();
    return gone;
  }

  async function press(action: string): Promise<void> {
    const gone = page.waitForNavigation();
    await page.locator(`button[value="${action}"]`).click();
    await gone;
  }

  async function newest(): Promise<Readonly<Record<string, unknown>>> {
    const listed = await ask(app, 'GET', `${PAYMENTS}?page_size=1`, { key: app.keys.user });
    return objectOf(listOf(listed.body)[0]);
  }

  it('pays: to PayPal, back, and approved', async () => {
    const left = await payFor('12.50');
    expect(left?.url()).toContain(`${app.sandboxUrl}/paypal/`);
    expect(await textIn('.amount')).toContain('12.50');
    expect(await newest()).toMatchObject({
      state: 'Created',
      amount: '12.50',
      customer: customerUrl(app),
    });
    await press('pay');
    expect(await told(/^Payment has/)).toBe('Payment has been approved.');
    await topIs('12.50', 'Approved');
    const paid = await newest();
    expect(paid).toMatchObject({ state: 'Approved', error_message: '' });
    const { body } = await payments.show(app, textOf(paid, 'uuid'));
    expect(await sandboxOf(app).ledgerOf(textOf(body, 'id'))).toHaveLength(1);
    expect(new URL(page.url())).toMatchObject({ pathname: SHOP, search: '' });
    expect(complaints).toEqual([]);
  });

  it('gives up at PayPal: back, and cancelled', async () => {
    await payFor('7.25');
    await press('cancel');
    expect(await told(/^Payment has/)).toBe('Payment has been cancelled.');
    await topIs('7.25', 'Cancelled');
    expect(await newest()).toMatchObject({ state: 'Cancelled', amount: '7.25' });
    expect(complaints).toEqual([]);
  });

  it('cancels from its list what was left open', async () => {
    await payFor('3.00');
    await page.goto(`${app.url}${SHOP}`);
    await topIs('3.00', 'Created');
    await page.locator('#payments li:first-child button').click();
    expect(await told(/cancel/)).toBe('Payment has been cancelled.');
    await topIs('3.00', 'Cancelled');
    expect(complaints).toEqual([]);
  });

  it('shows what the API says of a mistake, and lets it be mended', async () => {
    await page.locator('#amount').fill('1.234');
    await page.locator('button.main').click();
    expect(await told(/amount/)).toBe(
      'amount: Ensure that there are no more than 2 decimal places.',
    );
    await page.locator('button.main:not([disabled])').wait();
    await payFor('1.23');
    await press('decline');
    expect(await told(/backend error/)).toMatch(/^Unable to approve payment because of backend/);
    await topIs('1.23', 'Created');
    expect(await textIn('#payments li .reason')).toMatch(/^Unable to approve payment/);
  });

  it('says so when it is opened without what the payer brings back', async () => {
    for (const path of ['return', 'cancel', 'return?paymentId=x&token=y']) {
      await page.goto(`${app.url}${SHOP}/${path}`);
      expect(await told(/missing/)).toBe('The payment details are missing here.');
    }
    expect(complaints).toEqual([]);
  });

  it('shows texts of others as texts', async () => {
    const name = '<img src=x onerror=alert(1)> & "Žofie"';
    await app.query('UPDATE customers.customers SET name = $1', [name]);
    await page.goto(`${app.url}${SHOP}`);
    await eventually(
      () => textIn('#payer'),
      (text) => text.includes(name),
    );
    expect(await page.$('#payer img')).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('is usable on a telephone and by the keyboard', async () => {
    await page.setViewport({ width: 320, height: 640 });
    await page.goto(`${app.url}${SHOP}`);
    await page.locator('#payments li').wait();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(320);
    expect(await textIn('label[for="amount"]')).toBe('Amount in EUR');
    await page.focus('#amount');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type('4.56');
    const gone = page.waitForNavigation();
    await page.keyboard.press('Enter');
    await gone;
    expect(await textIn('.amount')).toContain('4.56');
  });

  it('loads and calls nothing but this address, and cannot be framed', async () => {
    const answer = await call(app, 'GET', SHOP);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
  });
});
