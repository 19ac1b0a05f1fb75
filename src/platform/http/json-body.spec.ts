import { AppError } from '../../shared/app-error';
import { readJsonBody } from './json-body';

function refusal(text: string | Buffer): AppError {
  try {
    readJsonBody(Buffer.from(text));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the body was accepted');
}

describe('reading a JSON body', () => {
  it('gives the value of ordinary JSON', () => {
    const text = '{"amount": 1000, "metadata": {"n": 1.5, "list": [1, "é😀"]}, "flag": null}';
    expect(readJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"amount": 10.50}', '/amount', 'for EUR 10.00 send 1000, not 10.50'],
    ['{"amount": 10.0}', '/amount', 'not 10.0'],
    ['{"amount": 1e3}', '/amount', 'not 1e3'],
    ['{"slots": 1E2}', '/slots', 'Send a whole number'],
  ])('refuses the fraction in %s', (text, pointer, cure) => {
    const error = refusal(text);
    expect(error.definition.status).toBe(422);
    expect(error.message).toContain(cure);
    expect(error.context.errors?.[0]?.pointer).toBe(pointer);
  });

  it.each([
    ['a key given twice', '{"amount": 1, "amount": 9999}', 'The key "amount" appears twice'],
    ['a key given twice in two spellings', '{"a": 1, "\\u0061": 2}', 'appears twice'],
    ['a nested key given twice', '{"m": {"a": 1, "b": {"a": 1}, "a": 2}}', 'appears twice'],
    ['a NUL character', '{"description": "a\\u0000b"}', 'NUL'],
    ['a NUL character in a key', '{"a\\u0000": 1}', 'NUL'],
    ['a lone surrogate', '{"description": "\\ud800"}', 'surrogate'],
    ['a lone surrogate in a list', '{"metadata": {"a": ["\\udc00"]}}', 'surrogate'],
    ['the key __proto__', '{"metadata": {"__proto__": {"a": 1}}}', '__proto__'],
    ['broken JSON', '{"amount": 1', 'not valid JSON'],
    ['more members than any request has', bodyWithKeys(1001), 'more than 1000 members'],
  ])('refuses %s', (_, text, cure) => {
    const error = refusal(text);
    expect(error.definition.status).toBe(400);
    expect(error.message).toContain(cure);
  });

  it('refuses 40,000 levels of nesting without running out of stack', () => {
    expect(refusal('['.repeat(40_000) + ']'.repeat(40_000)).message).toContain('nested deeper');
    expect(refusal('{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000)).message).toContain('nested');
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(refusal(Buffer.from([0x7b, 0xff, 0x7d])).message).toContain('UTF-8');
  });

  it('takes an empty body for an empty object', () => {
    expect(readJsonBody(Buffer.from(' \n'))).toEqual({});
  });

  it('is not misled by brackets, quotes and colons inside texts', () => {
    const value = { 'a": {"b': '[[{{"x": 1.5}', c: '"\\', d: ':' };
    expect(readJsonBody(Buffer.from(JSON.stringify(value)))).toEqual(value);
  });
});

function bodyWithKeys(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i])));
}
