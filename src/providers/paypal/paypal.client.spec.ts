import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayPalClient } from './paypal.client';
import { type TokenResult } from './paypal.token';

const trouble = { code: 'invalid_client', message: 'No.', reference: null };

describe("PayPal's endpoints", () => {
  it('capture with an empty object, the request id and a full answer asked for', async () => {
    const { client, sent } = open([answer(201)], ['T1']);
    await client.captureOrder({ id: 'A/1', requestId: 'key-1' });
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v2/checkout/orders/A%2F1/capture',
        purpose: 'capture',
        headers: {
          Authorization: 'Bearer T1',
          'Content-Type': 'application/json',
          'PayPal-Request-Id': 'key-1',
          Prefer: 'return=representation',
        },
        body: '{}',
      },
    ]);
  });

  it('read without a body or a request id', async () => {
    const { client, sent } = open([answer(200)], ['T1']);
    await client.getOrder('A1');
    expect(sent).toEqual([
      {
        method: 'GET',
        path: '/v2/checkout/orders/A1',
        purpose: 'read',
        timeoutMs: 8_000,
        headers: { Authorization: 'Bearer T1', 'Content-Type': 'application/json' },
      },
    ]);
  });
});

describe("PayPal's endpoints for holds", () => {
  it.each([
    ['authorize an order', '/v2/checkout/orders/A%2F1/authorize', {}],
    ['capture', '/v2/payments/authorizations/A%2F1/capture', { final_capture: true }],
    ['renew', '/v2/payments/authorizations/A%2F1/reauthorize', {}],
  ])('%s with the request id and a full answer asked for', async (verb, path, more) => {
    const { client, sent } = open([answer(201)], ['T1']);
    const amount = { currency_code: 'EUR', value: '2.50' };
    const hold = { holdId: 'A/1', requestId: 'key-1' };
    if (verb === 'capture') {
      await client.captureHold(hold, { amount, invoice_id: 'pay_01-1', final_capture: true });
    } else if (verb === 'renew') await client.renewHold(hold, { amount });
    else await client.authorizeOrder({ id: 'A/1', requestId: 'key-1' });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        path,
        headers: { 'PayPal-Request-Id': 'key-1', Prefer: 'return=representation' },
      },
    ]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject(more);
  });

  it('void without a request id, which PayPal does not take there', async () => {
    const { client, sent } = open([answer(204)], ['T1']);
    await client.voidHold('A/1');
    expect(sent[0]?.path).toBe('/v2/payments/authorizations/A%2F1/void');
    expect(sent[0]?.headers).toEqual({
      Authorization: 'Bearer T1',
      'Content-Type': 'application/json',
      Prefer: 'return=representation',
    });
  });
});

describe("PayPal's endpoints for refunds", () => {
  it('refund a capture with the request id and a full answer asked for', async () => {
    const { client, sent } = open([answer(201)], ['T1']);
    const amount = { currency_code: 'EUR', value: '2.50' };
    const refund = { amount, custom_id: 'ref_01', invoice_id: 'ref_01' };
    await client.refundCapture({ captureId: 'C/1', requestId: 'key-1' }, refund);
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v2/payments/captures/C%2F1/refund',
        purpose: 'refund',
        headers: {
          Authorization: 'Bearer T1',
          'Content-Type': 'application/json',
          'PayPal-Request-Id': 'key-1',
          Prefer: 'return=representation',
        },
        body: JSON.stringify(refund),
      },
    ]);
  });

  it('read one without a body or a request id', async () => {
    const { client, sent } = open([answer(200)], ['T1']);
    await client.getRefund('R/1');
    expect(sent).toEqual([
      {
        method: 'GET',
        path: '/v2/payments/refunds/R%2F1',
        purpose: 'read',
        timeoutMs: 8_000,
        headers: { Authorization: 'Bearer T1', 'Content-Type': 'application/json' },
      },
    ]);
  });
});

describe("PayPal's endpoints for notifications", () => {
  it('are asked with the text as it was put together', async () => {
    const { client, sent } = open([answer(200)], ['T1']);
    await client.verifySignature('{"webhook_event":{ "n": 1.0 }}');
    expect(sent).toMatchObject([
      {
        method: 'POST',
        path: '/v1/notifications/verify-webhook-signature',
        timeoutMs: 8_000,
        body: '{"webhook_event":{ "n": 1.0 }}',
      },
    ]);
  });

  it('are listed by a query', async () => {
    const { client, sent } = open([answer(200)], ['T1']);
    await client.listEvents('page_size=1');
    expect(sent).toMatchObject([
      { method: 'GET', path: '/v1/notifications/webhooks-events?page_size=1', timeoutMs: 8_000 },
    ]);
  });
});

describe('a token that PayPal does not accept', () => {
  it('is replaced once, under the same request id', async () => {
    const { client, sent, discarded } = open([answer(401), answer(201)], ['T1', 'T2']);
    await expect(client.captureOrder({ id: 'A1', requestId: 'key-1' })).resolves.toMatchObject({
      status: 201,
    });
    expect(discarded).toEqual(['T1']);
    expect(sent.map(({ headers }) => headers['Authorization'])).toEqual(['Bearer T1', 'Bearer T2']);
    expect(sent.map(({ headers }) => headers['PayPal-Request-Id'])).toEqual(['key-1', 'key-1']);
  });

  it('is not replaced twice', async () => {
    const { client, sent } = open([answer(401), answer(401)], ['T1', 'T2']);
    await expect(client.getOrder('A1')).resolves.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(2);
  });

  it('and cannot be replaced: the call was not executed', async () => {
    const { client } = open([answer(401)], ['T1']);
    await expect(client.getOrder('A1')).resolves.toEqual({ kind: 'denied', trouble });
  });

  it('was never there: nothing is sent', async () => {
    const { client, sent } = open([], []);
    await expect(client.captureOrder({ id: 'A1', requestId: 'key-1' })).resolves.toEqual({
      kind: 'denied',
      trouble,
    });
    expect(sent).toEqual([]);
  });
});

function open(replies: readonly ProviderReply[], tokens: readonly string[]) {
  const sent: ProviderRequest[] = [];
  const discarded: string[] = [];
  const send = (request: ProviderRequest): Promise<ProviderReply> => {
    const reply = replies[sent.length];
    sent.push(request);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error('asked too often'));
  };
  const left = [...tokens];
  const get = (): Promise<TokenResult> => {
    const token = left.shift();
    return Promise.resolve(token ? { kind: 'token', token } : { kind: 'denied', trouble });
  };
  const discard = (token: string): void => void discarded.push(token);
  return { client: new PayPalClient({ send }, { get, discard }), sent, discarded };
}

function answer(status: number): ProviderReply {
  return { kind: 'answer', status, body: {}, headers: {} };
}
