import { createServer } from 'node:http';
import { listAt, objectAt } from '../../src/shared/json';
import { numberOf } from '../support/read';
import { OpenApiChecker, type ReceivedAnswer, type SentCall } from './openapi-checker';
import { describeWithSpecs } from './openapi-suite';
import { takeFindings } from './openapi-watch';
import { openPayPal } from './paypal.support';

/** What the comparison with PayPal's documents lets pass and what it does not: each with one thing changed. */

describeWithSpecs("the comparison with PayPal's contract", (documents) => {
  const checker = new OpenApiChecker(documents);
  const requestFinds = (changes: Partial<SentCall> = {}) => checker.request(create(changes));
  const answerFinds = (changes: Partial<ReceivedAnswer> = {}) =>
    checker.answer(create(), { status: 201, body: anOrder(), ...changes });

  it('finds nothing in what they describe', () => {
    expect([...requestFinds(), ...answerFinds()]).toEqual([]);
  });

  it.each([
    ['an unknown path', { path: '/v2/checkout/order' }, 'there is no such operation'],
    ['a method that the path does not have', { method: 'DELETE' }, 'there is no such operation'],
    ['a missing amount', orderWith({ amount: undefined }), "must have required property 'amount'"],
    [
      'an amount without a value',
      orderWith({ amount: { currency_code: 'EUR' } }),
      "/purchase_units/0/amount must have required property 'value'",
    ],
    [
      'an amount that is a number',
      orderWith({ amount: { currency_code: 'EUR', value: 10 } }),
      '/purchase_units/0/amount/value must be string',
    ],
    [
      'an amount with a comma',
      orderWith({ amount: { currency_code: 'EUR', value: '10,00' } }),
      '/purchase_units/0/amount/value must match pattern',
    ],
    ['a long reference', orderWith({ custom_id: 'x'.repeat(128) }), 'NOT have more than 127'],
    [
      'a misspelt member',
      orderWith({ customid: 'x' }),
      '/purchase_units/0/customid is not described',
    ],
    ['an unknown intent', bodyWith({ intent: 'TAKE' }), '/intent must be equal to one of'],
    ['no body', { body: undefined }, 'has no body'],
    ['half a body', { body: '{"intent":' }, 'the body is no JSON'],
    [
      'a body sent as a form',
      { headers: { 'content-type': 'text/plain' } },
      'sent as "text/plain"',
    ],
    [
      'a long key',
      headerWith('PayPal-Request-Id', 'x'.repeat(109)),
      'header PayPal-Request-Id must',
    ],
    ['an odd preference', headerWith('Prefer', 'return: all'), 'header Prefer must match'],
    ['a query that nobody knows', { path: '/v2/checkout/orders?a=1' }, 'query a is not described'],
  ])('finds %s in a request', (_what, changes, finding) => {
    expect(requestFinds(changes)).toContainEqual(expect.stringContaining(finding));
  });

  it('finds an id that no order can have', () => {
    const call = create({ method: 'GET', path: '/v2/checkout/orders/pay_1', body: undefined });
    expect(checker.request(call)).toContainEqual(expect.stringContaining('path id must match'));
  });

  it('knows the texts of a query as the numbers that they stand for', () => {
    const path = '/v1/notifications/webhooks-events?page_size=';
    const listed = (size: string) =>
      checker.request(create({ method: 'GET', path: path + size, body: undefined }));
    expect(listed('100')).toEqual([]);
    expect(listed('many')).toContainEqual(expect.stringContaining('query page_size must be'));
  });

  it.each([
    ['a status that is not described', { status: 202 }, 'answer 202: is not described'],
    ['no body', { body: undefined }, 'has no JSON body'],
    ['an unknown state', { body: { ...anOrder(), status: 'READY' } }, '/status must be equal'],
    ['an invented member', { body: { ...anOrder(), state: 'x' } }, '/state is not described'],
    ['a link without an address', { body: { links: [{ rel: 'self' }] } }, "property 'href'"],
    ['an unknown issue', refusal('ORDER_NOT_LIKED'), '/details/0 must match a schema in anyOf'],
    ['another name of an error', refusal('AMOUNT_MISMATCH', 'NO'), '/name must be equal'],
    ['an error without an issue', { status: 422, body: { details: [{}] } }, "property 'issue'"],
  ])('finds %s in an answer', (_what, changes, finding) => {
    expect(answerFinds(changes)).toContainEqual(expect.stringContaining(finding));
  });

  it('takes an error that they describe, in whatever English', () => {
    expect(answerFinds(refusal('AMOUNT_MISMATCH'))).toEqual([]);
  });

  it('finds a body where none is described', () => {
    const patch = create({ method: 'PATCH', path: '/v2/checkout/orders/5O190127TN364715T' });
    expect(checker.answer(patch, { status: 204, body: undefined })).toEqual([]);
    expect(checker.answer(patch, { status: 204, body: {} })).toHaveLength(1);
  });

  it('is made for whatever the adapter sends and gets, without being asked for', async () => {
    const strange = await startStranger();
    const paypal = openPayPal(strange.url, []);
    await paypal.payments.read('not an order');
    await strange.close();
    expect(takeFindings()).toEqual([
      expect.stringContaining('request: path id must match'),
      expect.stringContaining('answer 200: /status must be equal'),
      expect.stringContaining('answer 200: /colour is not described'),
    ]);
  });
});

/** Gives a token, and orders as nobody has seen them. */
async function startStranger(): Promise<{ url: string; close: () => Promise<void> }> {
  const token = { access_token: 'A21AAstranger', token_type: 'Bearer', expires_in: 32400 };
  const server = createServer((request, response) => {
    const isToken = request.url?.endsWith('/token') ?? false;
    response.end(JSON.stringify(isToken ? token : { status: 'READY', colour: 'red' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${numberOf(server.address(), 'port')}`, close };
}

function create(changes: Partial<SentCall> = {}): SentCall {
  return {
    method: 'POST',
    path: '/v2/checkout/orders',
    headers: { 'Content-Type': 'application/json', 'PayPal-Request-Id': 'key-1' },
    body: JSON.stringify(aRequest()),
    ...changes,
  };
}

function aRequest() {
  const amount = { currency_code: 'EUR', value: '10.00' };
  return { intent: 'CAPTURE', purchase_units: [{ custom_id: 'pay_1', amount }] };
}

function orderWith(unit: object): Partial<SentCall> {
  const [first] = listAt(aRequest(), 'purchase_units');
  return bodyWith({ purchase_units: [{ ...objectAt(first), ...unit }] });
}

function bodyWith(changes: object): Partial<SentCall> {
  return { body: JSON.stringify({ ...aRequest(), ...changes }) };
}

function headerWith(name: string, value: string): Partial<SentCall> {
  return { headers: { 'Content-Type': 'application/json', [name]: value } };
}

function anOrder() {
  const href = 'https://api-m.sandbox.paypal.com/v2/checkout/orders/5O190127TN364715T';
  const links = [{ href, rel: 'self', method: 'GET' }];
  return { id: '5O190127TN364715T', status: 'CREATED', intent: 'CAPTURE', links };
}

function refusal(issue: string, name = 'UNPROCESSABLE_ENTITY'): ReceivedAnswer {
  const details = [{ issue, description: 'Whatever they say today.' }];
  return { status: 422, body: { name, message: 'So not.', debug_id: '1', details } };
}
