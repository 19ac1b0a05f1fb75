import { type AnswerToCheck, differencesFromDocument } from '../support/openapi-answers';

const alive: AnswerToCheck = {
  method: 'GET',
  path: '/health/live',
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: { status: 'ok' },
};

const unauthorized: AnswerToCheck = {
  method: 'GET',
  path: '/api/payments/pay_1?wait=1',
  status: 401,
  headers: { 'content-type': 'application/problem+json', 'request-id': 'r1' },
  body: problem('unauthorized'),
};

function problem(code: string): object {
  const texts = { type: `/problems/${code}`, title: 'No', detail: 'Send a key.', request_id: 'r1' };
  return { ...texts, code, status: 401, retryable: false };
}

describe('an answer that the API document does not promise', () => {
  it.each([
    ['a status', { ...alive, status: 204 }, /getLiveness .*answer 204: .*no such status/],
    ['a member', { ...alive, body: { status: 'ok', since: 1 } }, /"since"/],
    ['a value', { ...alive, body: { status: 1 } }, /\/status must be/],
    ['a body without a member', { ...alive, body: {} }, /'status'/],
    ['no JSON', { ...alive, body: undefined }, /no JSON/],
    ['a content type', { ...alive, headers: { 'content-type': 'text/html' } }, /text\/html/],
    ['a method', { ...alive, method: 'POST' }, /no such method/],
    [
      'a code',
      { ...unauthorized, body: problem('forbidden') },
      /getPayment .*code forbidden, documented are unauthorized/,
    ],
  ])('is found out: %s', (_, answer, complaint) => {
    expect(differencesFromDocument(answer).join('\n')).toMatch(complaint);
  });

  it.each([
    ['as documented', alive],
    ['a refusal', unauthorized],
    ['at an address that is none', { ...alive, path: '/nowhere', status: 404 }],
    ['by a method that is none', { ...alive, method: 'POST', status: 405 }],
  ])('is not seen where there is none: %s', (_, answer) => {
    expect(differencesFromDocument(answer)).toEqual([]);
  });
});
