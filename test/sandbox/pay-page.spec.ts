import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, send, text } from './reply.wire';
import {
  anOrder,
  aPayment,
  aUnit,
  paypalClient,
  payproClient,
  press,
  type Send,
  start,
} from './support';

const HOSTILE = `<script>alert('x')</script>"&`;

describe('The pay page', () => {
  let sandbox: RunningSandbox;
  let paypal: Send;
  let paypro: Send;
  beforeAll(async () => {
    sandbox = await start();
    paypal = await paypalClient(sandbox.url);
    paypro = payproClient(sandbox.url);
  });
  afterAll(() => sandbox.close());

  async function order(changes: object = {}) {
    const { body } = await paypal('POST', '/v2/checkout/orders', anOrder(changes));
    return { id: text(body['id']), page: linkOf(body, 'approve') };
  }
  async function payment(changes: object = {}) {
    const { body } = await paypro('POST', '/payments', aPayment(changes));
    return { id: text(body['id']), page: text(body['_links']?.['checkout']) };
  }
  const stateOf = async (id: string) => (await paypro('GET', `/payments/${id}`)).body['state'];

  it('lets the payer pay and never come back', async () => {
    const chosen = await order();
    const closed = await press(chosen.page, 'pay_no_return');
    expect([closed.status, closed.headers.get('location')]).toEqual([200, null]);
    expect(closed.text).toContain('The payer closed the window');
    const { body } = await paypal('GET', `/v2/checkout/orders/${chosen.id}`);
    expect(body['status']).toBe('APPROVED');
    const paid = await payment();
    expect((await press(paid.page, 'pay_no_return')).status).toBe(200);
    expect(await stateOf(paid.id)).toBe('paid');
  });

  it.each(['pay_notify_twice', 'pay_notify_late'])(
    'sends the payer who presses %s back',
    async (action) => {
      const made = await payment();
      expect((await press(made.page, action)).headers.get('location')).toContain('/back');
      expect(await stateOf(made.id)).toBe('paid');
      const approved = await press((await order()).page, action);
      expect(approved.headers.get('location')).toContain('PayerID=');
    },
  );

  it.each([
    ['EUR', '1234567.5', '€1,234,567.50'],
    ['JPY', '1250', '¥1,250'],
    ['HUF', '1250', 'HUF\u00a01,250'],
    ['USD', '0.05', '$0.05'],
  ])('writes %s the way people read it', async (currency, value, shown) => {
    const { page } = await order(aUnit(value, currency));
    expect((await send(page)).text).toContain(`<p class="amount">${shown}</p>`);
  });

  it('says whose part it plays and that no money moves', async () => {
    for (const [page, name] of [
      [(await order()).page, 'PayPal'],
      [(await payment()).page, 'PayPro'],
    ] as const) {
      const { status, text, headers } = await send(page);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/html');
      expect(text).toContain(`Simulated ${name}: no real money moves here.`);
      for (const label of ['Pay', 'Decline', 'Cancel'])
        expect(text).toContain(`>${label}</button>`);
    }
  });

  it('escapes what a merchant sends', async () => {
    const { page } = await order(
      aUnit('1.00', 'EUR', { description: HOSTILE, invoice_id: HOSTILE }),
    );
    for (const url of [page, (await payment({ description: HOSTILE })).page]) {
      const { text } = await send(url);
      expect(text).not.toContain('<script');
      expect(text).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;');
    }
  });

  describe('of PayPal', () => {
    it('sends the payer back with token and PayerID behind the query that was there', async () => {
      const { id, page } = await order();
      const { status, headers } = await press(page, 'pay');
      expect(status).toBe(303);
      expect(headers.get('location')).toMatch(
        new RegExp(
          `^http://shop\\.test/back\\?cart=7&x=a%20b&token=${id}&PayerID=[2-9A-HJ-NP-Z]{13}$`,
        ),
      );
      const read = await paypal('GET', `/v2/checkout/orders/${id}`);
      expect(headers.get('location')).toContain(text(read.body['payer']?.['payer_id']));
    });

    it('also approves an order whose instrument will be declined', async () => {
      const { id, page } = await order();
      expect((await press(page, 'decline')).headers.get('location')).toContain('PayerID=');
      const read = await paypal('GET', `/v2/checkout/orders/${id}`);
      expect(read.body['status']).toBe('APPROVED');
    });

    it('leaves a cancelled order open and sends only the token', async () => {
      const { id, page } = await order();
      const { status, headers } = await press(page, 'cancel');
      expect([status, headers.get('location')]).toEqual([
        303,
        `http://shop.test/cancel?token=${id}`,
      ]);
      const read = await paypal('GET', `/v2/checkout/orders/${id}`);
      expect(read.body['status']).toBe('CREATED');
    });

    it('lets the order expire: 410 here, 404 in the API', async () => {
      const { id, page } = await order();
      expect((await press(page, 'expire')).status).toBe(410);
      expect((await send(page)).status).toBe(410);
      expect((await press(page, 'pay')).status).toBe(410);
      expect((await paypal('GET', `/v2/checkout/orders/${id}`)).status).toBe(404);
    });

    it('is closed once the order is captured, and unknown for a wrong token', async () => {
      const { id, page } = await order();
      await press(page, 'pay');
      await paypal('POST', `/v2/checkout/orders/${id}/capture`);
      expect((await press(page, 'pay')).status).toBe(409);
      expect((await send(`${sandbox.url}/paypal/checkoutnow?token=NOPE`)).status).toBe(404);
    });
  });

  describe('of PayPro', () => {
    it.each([
      ['pay', 'paid', 'http://shop.test/back?order=7'],
      ['decline', 'failed', 'http://shop.test/back?order=7'],
      ['process', 'processing', 'http://shop.test/back?order=7'],
      ['cancel', 'canceled', 'http://shop.test/cancel?order=7'],
    ])(
      '%s makes the payment %s and adds nothing to the address',
      async (action, state, location) => {
        const { id, page } = await payment();
        const { status, headers } = await press(page, action);
        expect([status, headers.get('location')]).toEqual([303, location]);
        expect(await stateOf(id)).toBe(state);
        expect((await press(page, 'pay')).status).toBe(409);
        expect(await stateOf(id)).toBe(state);
      },
    );

    it('expires with a 410 page', async () => {
      const { id, page } = await payment();
      expect((await press(page, 'expire')).status).toBe(410);
      expect((await send(page)).status).toBe(410);
      expect(await stateOf(id)).toBe('expired');
    });
  });

  it('says good-bye when the shop gave no address', async () => {
    const { page } = await payment({ return_url: null });
    const { status, text } = await press(page, 'pay');
    expect(status).toBe(200);
    expect(text).toContain('You may close this page.');
  });

  it('refuses a choice it does not know and changes nothing', async () => {
    const { id, page } = await payment();
    expect((await press(page, 'steal')).status).toBe(422);
    expect(await stateOf(id)).toBe('open');
    expect((await press((await order()).page, 'process')).status).toBe(422);
  });
});
