import { type ProviderReply } from '../provider-reply';
import { toResult } from './paypro.outcome';

const anything = (body: unknown) => body;

function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}) {
  return { kind: 'answer' as const, status, body, headers };
}

const outcomeOf = (reply: ProviderReply) => toResult(reply, anything).outcome;

describe("what PayPro's replies mean", () => {
  it.each([200, 201, 202])('%i is done', (status) => {
    const result = toResult(answer(status, { id: 1 }), anything);
    expect(result).toEqual({ outcome: 'done', value: { id: 1 } });
  });

  it('a success that cannot be read is unknown', () => {
    const reply = answer(201, {}, { 'x-request-id': 'r-1' });
    expect(toResult(reply, () => undefined)).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'unreadable_answer', reference: 'r-1' },
    });
  });

  it("422 is a refusal in PayPro's own words", () => {
    const error = {
      type: 'invalid_request',
      message: 'Description must be set',
      param: 'description',
    };
    expect(toResult(answer(422, { error }, { 'x-request-id': 'r-1' }), anything)).toEqual({
      outcome: 'refused',
      refusal: {
        kind: 'request',
        code: 'invalid_request',
        message: 'Description must be set (description)',
        reference: 'r-1',
      },
    });
  });

  it.each([
    ['iban NL91ABNA0417164300 is not an IBAN', 'iban [IBAN] is not an IBAN'],
    ['nl91 abna 0417 1643 00 is wrong', '[IBAN] is wrong'],
    ['BE68-5390-0754-7034, DE89370400440532013000', '[IBAN], [IBAN]'],
    ['No mandate MD6ULYXJ4HP9RJ of CU12WVVPTL94VX', 'No mandate MD6ULYXJ4HP9RJ of CU12WVVPTL94VX'],
    ['Amount 2024 must be below 5000 cents', 'Amount 2024 must be below 5000 cents'],
  ])('"%s" is told as "%s"', (message, told) => {
    const reply = answer(422, { error: { type: 'invalid_request', message } });
    expect(toResult(reply, anything)).toMatchObject({ refusal: { message: told } });
  });

  it('401 is for the owner of the account, even when it says nothing', () => {
    expect(toResult(answer(401), anything)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant', code: 'http_401' },
    });
  });

  it('404 is not found', () => {
    expect(outcomeOf(answer(404))).toBe('not_found');
  });

  it.each([300, 302, 400, 402, 403, 405, 408, 409, 410, 418, 500, 502, 503, 504])(
    '%i, which the contract does not know, is unknown',
    (status) => {
      expect(outcomeOf(answer(status))).toBe('unknown');
    },
  );

  it.each([401, 404, 422])('%i without JSON does not come from PayPro and is unknown', (status) => {
    expect(toResult({ ...answer(status), body: undefined }, anything).outcome).toBe('unknown');
  });

  it.each([
    ['7', 7],
    ['0', 1],
    ['999999', 3600],
    ['soon', 5],
    [undefined, 5],
  ])('429 with Retry-After %s waits %i s', (text, retryAfterS) => {
    const headers: Record<string, string> = text === undefined ? {} : { 'retry-after': text };
    const reply = { ...answer(429, undefined, headers), body: undefined };
    expect(toResult(reply, anything)).toMatchObject({ outcome: 'not_sent', retryAfterS });
  });

  it('trouble on the way stays what it is', () => {
    const trouble = { code: 'timeout', message: 'No answer.', reference: null };
    expect(toResult({ kind: 'unknown', trouble }, anything)).toEqual({
      outcome: 'unknown',
      trouble,
    });
    expect(toResult({ kind: 'not_sent', trouble, retryAfterS: 9 }, anything)).toEqual({
      outcome: 'not_sent',
      trouble,
      retryAfterS: 9,
    });
  });
});
