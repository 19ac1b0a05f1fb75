import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, send, matching, text } from './reply.wire';
import {
  anOrder,
  aUnit,
  control,
  paypalClient,
  press,
  type Send,
  start,
  tokenCall,
} from './support';

const full = { prefer: 'return=representation' };

describe('PayPal: capturing and authorizing', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  beforeAll(async () => (sandbox = await start()));
  afterAll(() => sandbox.close());
  // The clock moves between tests, so each takes a token of its own time.
  beforeEach(async () => (call = await paypalClient(sandbox.url)));

  async function created(changes: object = {}) {
    const { body } = await call('POST', '/v2/checkout/orders', anOrder(changes));
    const id = text(body['id']);
    return { id, path: `/v2/checkout/orders/${id}`, page: linkOf(body, 'approve') };
  }

  async function approved(changes: object = {}) {
    const order = await created(changes);
    await press(order.page, 'pay');
    return order;
  }

  async function ledgerOf(orderId: string): Promise<unknown> {
    const entries: unknown = JSON.parse((await control(sandbox.url)('GET', '/ledger')).text);
    if (!Array.isArray(entries)) throw new Error('the ledger is a list');
    return entries.filter((entry: unknown) => JSON.stringify(entry).includes(orderId));
  }

  it('refuses an order that nobody approved, and shows no payer', async () => {
    const { path } = await created();
    const { status, body } = await call('POST', `${path}/capture`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ details: [{ issue: 'ORDER_NOT_APPROVED' }] });
    expect((await call('GET', path)).body['payer']).toBeUndefined();
  });

  it('shows the payer once the order is approved', async () => {
    const { path } = await approved();
    const { body } = await call('GET', path);
    expect(body['status']).toBe('APPROVED');
    expect(body['payer']?.['payer_id']).toMatch(/^[2-9A-HJ-NP-Z]{13}$/);
    expect(body['payment_source']?.['paypal']?.['account_id']).toBe(body['payer']?.['payer_id']);
  });

  it('captures once: 201 with the whole capture, and the ledger knows', async () => {
    const { id, path } = await approved();
    const { status, body } = await call('POST', `${path}/capture`, {}, full);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'COMPLETED',
      purchase_units: [
        {
          payments: {
            captures: [
              {
                id: matching(/^[0-9][A-Z0-9]{16}$/),
                status: 'COMPLETED',
                amount: { currency_code: 'EUR', value: '12.50' },
                custom_id: 'our-1',
                invoice_id: 'INV-1',
                final_capture: true,
                seller_receivable_breakdown: { gross_amount: { value: '12.50' } },
              },
            ],
          },
        },
      ],
    });
    expect(await ledgerOf(id)).toMatchObject([
      {
        gateway: 'paypal',
        kind: 'capture',
        order_id: id,
        custom_id: 'our-1',
        amount: '12.50',
        currency: 'EUR',
      },
    ]);
    const again = await call('POST', `${path}/capture`);
    expect(again.body).toMatchObject({ details: [{ issue: 'ORDER_ALREADY_CAPTURED' }] });
    expect(await ledgerOf(id)).toHaveLength(1);
  });

  it('leaves intent and amounts of the units out of the default answer', async () => {
    const { path } = await approved();
    const { body } = await call('POST', `${path}/capture`);
    expect(body['intent']).toBeUndefined();
    expect(body['purchase_units']).toMatchObject([
      { payments: { captures: [{ status: 'COMPLETED' }] } },
    ]);
    expect(body['purchase_units']?.['0']?.['amount']).toBeUndefined();
  });

  it('answers a repeated request id with 200 and the same capture', async () => {
    const { id, path } = await approved();
    const headers = { 'paypal-request-id': `cap-${id}`, ...full };
    const first = await call('POST', `${path}/capture`, undefined, headers);
    const second = await call('POST', `${path}/capture`, undefined, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(await ledgerOf(id)).toHaveLength(1);
  });

  it('refuses the second of two calls at once with one request id, and captures once', async () => {
    const { id, path } = await approved();
    const fault = { gateway: 'paypal', kind: 'delay', delay_ms: 300, match: { path_contains: id } };
    await control(sandbox.url)('POST', '/faults', fault);
    const headers = { 'paypal-request-id': `twice-${id}` };
    const both = await Promise.all([
      call('POST', `${path}/capture`, undefined, headers),
      call('POST', `${path}/capture`, undefined, headers),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
      name: 'RESOURCE_CONFLICT',
      details: [{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }],
    });
    expect(await ledgerOf(id)).toHaveLength(1);
  });

  it('asks for the JSON type even without a body, and takes a trailing slash', async () => {
    const { path } = await approved();
    const authorization = await tokenOf();
    const url = `${sandbox.url}/paypal${path}/capture/`;
    const untyped = await send(url, { method: 'POST', headers: { authorization } });
    expect(untyped.status).toBe(415);
    const headers = { authorization, 'content-type': 'application/json' };
    expect((await send(`${url}?`, { method: 'POST', headers })).status).toBe(201);
  });

  async function tokenOf(): Promise<string> {
    return `Bearer ${text((await tokenCall(sandbox.url)).body['access_token'])}`;
  }

  it('declines until the payer comes back and pays', async () => {
    const { id, path, page } = await created();
    await press(page, 'decline');
    const declined = await call('POST', `${path}/capture`);
    expect(declined.status).toBe(422);
    expect(declined.body).toMatchObject({ details: [{ issue: 'INSTRUMENT_DECLINED' }] });
    expect(linkOf(declined.body, 'redirect')).toBe(page);
    expect(await ledgerOf(id)).toEqual([]);
    const { payer } = (await call('GET', path)).body;
    await press(page, 'pay');
    const captured = await call('POST', `${path}/capture`);
    expect(captured.status).toBe(201);
    expect(captured.body['payer']).toEqual(payer);
    expect(await ledgerOf(id)).toHaveLength(1);
  });

  it.each([
    ['COMPLETED', 1],
    ['DECLINED', 0],
  ])('keeps an eCheck pending until it is settled as %s', async (settled, movements) => {
    const { id, path, page } = await created();
    await press(page, 'pending');
    const { body } = await call('POST', `${path}/capture`);
    const capture = body['purchase_units']?.['0']?.['payments']?.['captures']?.['0'];
    expect(body['status']).toBe('COMPLETED');
    expect(capture).toMatchObject({ status: 'PENDING', status_details: { reason: 'ECHECK' } });
    expect(await ledgerOf(id)).toEqual([]);
    const captureId = text(capture?.['id']);
    const settle = () =>
      control(sandbox.url)('POST', `/paypal/captures/${captureId}`, { status: settled });
    expect((await settle()).status).toBe(200);
    expect((await settle()).status).toBe(409);
    const read = await call('GET', `/v2/payments/captures/${captureId}`);
    expect(read.body).toMatchObject({
      status: settled,
      supplementary_data: { related_ids: { order_id: id } },
    });
    expect(await ledgerOf(id)).toHaveLength(movements);
  });

  it('authorizes what was created to be authorized, without moving money', async () => {
    const { id, path } = await approved({ intent: 'AUTHORIZE' });
    const wrong = await call('POST', `${path}/capture`);
    expect(wrong.body).toMatchObject({ details: [{ issue: 'ACTION_DOES_NOT_MATCH_INTENT' }] });
    const { status, body } = await call('POST', `${path}/authorize`);
    expect(status).toBe(201);
    expect(body['purchase_units']).toMatchObject([
      { payments: { authorizations: [{ status: 'CREATED', amount: { value: '12.50' } }] } },
    ]);
    const again = await call('POST', `${path}/authorize`);
    expect(again.body).toMatchObject({ details: [{ issue: 'ORDER_ALREADY_AUTHORIZED' }] });
    expect(await ledgerOf(id)).toEqual([]);
  });

  it('gives the mocked answer, and ignores codes it does not know', async () => {
    const { path } = await approved(aUnit('5.00'));
    const mock = (code: string) =>
      call(
        'POST',
        `${path}/capture`,
        {},
        {
          'paypal-mock-response': JSON.stringify({ mock_application_codes: code }),
        },
      );
    const refused = await mock('TRANSACTION_REFUSED');
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ details: [{ issue: 'TRANSACTION_REFUSED' }] });
    const broken = await mock('INTERNAL_SERVER_ERROR');
    expect(broken.status).toBe(500);
    expect(Object.keys(broken.body).sort()).toEqual(['message', 'name']);
    expect((await mock('NO_SUCH_CODE')).status).toBe(201);
  });

  it('loses an order after three hours, approved or not, but keeps a captured one', async () => {
    const [open, agreed, paid] = [await created(), await approved(), await approved()];
    await call('POST', `${paid.path}/capture`);
    await control(sandbox.url)('POST', '/clock', { advance_seconds: 3 * 3600 });
    for (const { path } of [open, agreed]) {
      const { status, body } = await call('GET', path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ details: [{ issue: 'INVALID_RESOURCE_ID' }] });
      expect((await call('POST', `${path}/capture`)).status).toBe(404);
      expect((await call('PATCH', path, [])).status).toBe(404);
    }
    expect((await call('GET', paid.path)).status).toBe(200);
  });
});
