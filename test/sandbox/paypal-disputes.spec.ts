import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver, startReceiver } from './receiver';
import { linkOf, matching, text } from './reply.wire';
import {
  ACCOUNT,
  captured,
  control,
  ledgerOf,
  OTHER_ACCOUNT,
  paypalClient,
  type Send,
  start,
} from './support';

describe('PayPal: reversals and disputes', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    sandbox = await start();
    manage = control(sandbox.url);
    call = await paypalClient(sandbox.url);
    shop = await startReceiver();
    const hook = { gateway: 'paypal', account: ACCOUNT.clientId, url: shop.url };
    await manage('POST', '/webhooks', hook);
  });
  afterAll(async () => {
    await sandbox.close();
    await shop.close();
  });

  const eur = (value: string) => ({ amount: { currency_code: 'EUR', value } });
  const issueOf = async (path: string, body: unknown) =>
    (await call('POST', path, body)).body['details']?.['0']?.['issue'];
  const told = (id: string, types: string[]) =>
    eventually(() =>
      expect(
        shop.received
          .filter(({ body: { resource } }) =>
            [resource?.['id'], resource?.['dispute_id']].map(text).includes(id),
          )
          .map(({ type }) => type)
          .sort(),
      ).toEqual([...types].sort()),
    );
  const disputed = async (body: object = {}) => {
    const capture = await captured(call);
    const made = await manage('POST', `/paypal/captures/${capture.id}/disputes`, body);
    const id = text(made.body['id']);
    return { capture, id, path: `/v1/customer/disputes/${id}` };
  };
  const move = (id: string, change: object) => manage('POST', `/paypal/disputes/${id}`, change);

  it('takes money back, which is no refund of the merchant', async () => {
    const { id, orderId, path } = await captured(call);
    const made = await manage('POST', `/paypal/captures/${id}/reversals`, { amount: '10.00' });
    const reversalId = text(made.body['id']);
    expect(made).toMatchObject({ status: 201, body: { amount: '10.00' } });
    expect(await ledgerOf(sandbox.url, reversalId)).toMatchObject([
      { kind: 'reversal', order_id: orderId, capture_id: id, custom_id: 'our-1', amount: '10.00' },
    ]);
    await told(reversalId, ['PAYMENT.CAPTURE.REVERSED']);
    const news = shop.received.find(({ type }) => type === 'PAYMENT.CAPTURE.REVERSED');
    expect(news?.body).toMatchObject({ resource_type: 'refund', resource: eur('10.00') });
    expect(linkOf(news?.body['resource'], 'up')).toBe(`${sandbox.url}/paypal${path}`);
    expect((await call('GET', `/v2/payments/refunds/${reversalId}`)).body).toMatchObject(
      eur('10.00'),
    );
    const order = (await call('GET', `/v2/checkout/orders/${orderId}`)).body;
    expect(order['purchase_units']?.['0']?.['payments']?.['refunds']).toBeUndefined();
    expect((await call('GET', path)).body['status']).toBe('COMPLETED');
    expect(await issueOf(`${path}/refund`, eur('1.00'))).toBe(
      'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK',
    );
    const rest = await manage('POST', `/paypal/captures/${id}/reversals`, {});
    expect(rest.body).toMatchObject({ amount: '2.50' });
    expect((await manage('POST', `/paypal/captures/${id}/reversals`, {})).status).toBe(409);
  });

  it('opens a dispute, shows it and tells of it', async () => {
    const { capture, id, path } = await disputed({ amount: '5.00', reason: 'UNAUTHORISED' });
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dispute_id: matching(/^PP-D-\d+$/),
      status: 'OPEN',
      reason: 'UNAUTHORISED',
      dispute_amount: { currency_code: 'EUR', value: '5.00' },
      disputed_transactions: [
        {
          seller_transaction_id: capture.id,
          gross_amount: { value: '12.50' },
          custom: 'our-1',
          invoice_number: 'INV-1',
        },
      ],
    });
    expect(body['dispute_outcome']).toBeUndefined();
    expect(await ledgerOf(sandbox.url, capture.id)).toHaveLength(1);
    await told(id, ['CUSTOMER.DISPUTE.CREATED']);
    const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    expect((await stranger('GET', path)).status).toBe(404);
  });

  it('refuses refunds in part while a dispute is open', async () => {
    const { capture, id } = await disputed();
    const path = `${capture.path}/refund`;
    expect(await issueOf(path, eur('1.00'))).toBe('TRANSACTION_DISPUTED');
    await move(id, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    expect(await issueOf(path, eur('1.00'))).toBeUndefined();
    const other = await disputed();
    expect(await issueOf(`${other.capture.path}/refund`, {})).toBeUndefined();
  });

  it('leaves the money where it is when the merchant wins', async () => {
    const { capture, id, path } = await disputed();
    await move(id, { status: 'UNDER_REVIEW' });
    expect((await call('GET', path)).body['status']).toBe('UNDER_REVIEW');
    expect((await move(id, { outcome: 'RESOLVED_SELLER_FAVOUR' })).body['status']).toBe('RESOLVED');
    expect((await call('GET', path)).body).toMatchObject({
      status: 'RESOLVED',
      dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' },
    });
    expect(await ledgerOf(sandbox.url, capture.id)).toHaveLength(1);
    await told(id, [
      'CUSTOMER.DISPUTE.CREATED',
      'CUSTOMER.DISPUTE.UPDATED',
      'CUSTOMER.DISPUTE.RESOLVED',
    ]);
    expect((await move(id, { status: 'OPEN' })).status).toBe(409);
  });

  it('reverses the capture when the payer wins', async () => {
    const { capture, id, path } = await disputed({ amount: '5.00' });
    await move(id, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    expect((await call('GET', path)).body['dispute_outcome']).toMatchObject({
      outcome_code: 'RESOLVED_BUYER_FAVOUR',
      amount_refunded: { value: '5.00' },
    });
    expect(await ledgerOf(sandbox.url, capture.id)).toMatchObject([
      { kind: 'capture' },
      { kind: 'reversal', capture_id: capture.id, amount: '5.00' },
    ]);
  });
});
