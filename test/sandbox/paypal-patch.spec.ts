import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, text } from './reply.wire';
import { anOrder, paypalClient, press, type Send, start } from './support';

const UNIT = "/purchase_units/@reference_id=='default'";

describe('PayPal: patching orders', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
  });
  afterAll(() => sandbox.close());

  async function created(): Promise<{ path: string; approve: string }> {
    const { body } = await call('POST', '/v2/checkout/orders', anOrder());
    return { path: `/v2/checkout/orders/${text(body['id'])}`, approve: linkOf(body, 'approve') };
  }

  it('replaces the amount and adds a text, with 204 and no body', async () => {
    const { path } = await created();
    const { status, text } = await call('PATCH', path, [
      { op: 'replace', path: `${UNIT}/amount`, value: { currency_code: 'EUR', value: '20' } },
      { op: 'add', path: `${UNIT}/description`, value: 'Three books' },
      { op: 'remove', path: `${UNIT}/custom_id` },
    ]);
    expect([status, text]).toEqual([204, '']);
    const { body } = await call('GET', path);
    expect(body).toMatchObject({
      purchase_units: [
        { amount: { value: '20.00' }, description: 'Three books', invoice_id: 'INV-1' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('our-1');
  });

  it('does all operations or none', async () => {
    const { path } = await created();
    const { status } = await call('PATCH', path, [
      { op: 'add', path: `${UNIT}/description`, value: 'Half done' },
      { op: 'replace', path: `${UNIT}/amount`, value: { currency_code: 'EUR', value: '0' } },
    ]);
    expect(status).toBe(422);
    expect((await call('GET', path)).text).not.toContain('Half done');
  });

  it.each([
    ['a foreign member', '/links', 'replace', 400, 'FIELD_NOT_PATCHABLE'],
    ['a part of the amount', `${UNIT}/amount/value`, 'replace', 400, 'AMOUNT_NOT_PATCHABLE'],
    ['removing the amount', `${UNIT}/amount`, 'remove', 400, 'INVALID_PATCH_OPERATION'],
    ['a path without a slash', 'intent', 'replace', 422, 'INVALID_JSON_POINTER_FORMAT'],
    ['an array index', '/purchase_units/0/amount', 'replace', 422, 'INVALID_JSON_POINTER_FORMAT'],
    [
      'an unknown unit',
      "/purchase_units/@reference_id=='x'/amount",
      'replace',
      422,
      'REFERENCE_ID_NOT_FOUND',
    ],
  ])('refuses %s', async (_name, field, op, expected, issue) => {
    const { path } = await created();
    const { status, body } = await call('PATCH', path, [{ op, path: field, value: 'x' }]);
    expect(status).toBe(expected);
    expect(body).toMatchObject({ details: [{ issue }] });
  });

  it('still patches an approved order and refuses a completed one', async () => {
    const { path, approve } = await created();
    await press(approve, 'pay');
    const change = [{ op: 'add', path: `${UNIT}/description`, value: 'Late' }];
    expect((await call('PATCH', path, change)).status).toBe(204);
    await call('POST', `${path}/capture`);
    const { status, body } = await call('PATCH', path, change);
    expect(status).toBe(422);
    expect(body).toMatchObject({ details: [{ issue: 'ORDER_ALREADY_COMPLETED' }] });
  });
});
