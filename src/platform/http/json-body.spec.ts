import { AppError } from '../../shared/app-error';
import { readJsonBody, readJsonFields } from './json-body';

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
    ['{"metadata": {"n": 12345678901234567890}}', '/metadata/n', '12345678901234567890'],
    ['{"metadata": {"n": -9007199254740992}}', '/metadata/n', '-9007199254740992'],
    ['{"metadata": {"n": 9007199254740993.5}}', '/metadata/n', '9007199254740993.5'],
    ['{"metadata": {"n": 1e400}}', '/metadata/n', '1e400'],
    ['{"metadata": {"n": -1E+999}}', '/metadata/n', '-1E+999'],
    ['{"metadata": {"n": 1e-400}}', '/metadata/n', '1e-400'],
    ['{"metadata": {"a": [1, {}, [0, 9007199254740993]]}}', '/metadata/a/2/1', '9007199254740993'],
    ['{"metadata": {"a/b~": [[], 1e400]}, "x": 1}', '/metadata/a~1b~0/1', '1e400'],
    ['{"x": [{"a": 1, "b": 2}, 1e400]}', '/x/1', '1e400'],
  ])('refuses the number in %s, which it would change', (text, pointer, literal) => {
    const error = refusal(text);
    expect(error.definition.status).toBe(422);
    expect(error.message).toContain(`The number ${literal} would not be kept exactly. Send it as`);
    expect(error.context.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('keeps every other number', () => {
    const text =
      '{"m": [1.5, -0.1, 0, 0.0, 0e9, 9007199254740991, -9007199254740991, 1e21, 3.14e-5]}';
    expect(readJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
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

describe('reading the fields of a JSON body', () => {
  const fieldsOf = (text: string) => readJsonFields(Buffer.from(text));

  it.each(['99.99', '99.990', '0', '-1', '1e2', '99.990000000000000001', '9007199254740993'])(
    'keeps the number %s as it was written',
    (literal) => {
      expect(fieldsOf(`{"a": "1", "amount": ${literal}, "b": [2]}`)).toEqual({
        a: '1',
        amount: literal,
        b: [2],
      });
    },
  );

  it('finds nothing in an empty body, and no fields in what is no object', () => {
    expect(fieldsOf(' ')).toEqual({});
    for (const text of ['[1]', '"a"', '5', 'null', 'true']) expect(fieldsOf(text)).toBeNull();
  });

  it.each([
    '{"a": 1, "a": 2}',
    '{"a": "\\u0000"}',
    '{"a": "\\ud800"}',
    '{"a"',
    '[[[[[[[[[[[[[[[[[[[[[[1',
  ])('refuses %s', (text) => {
    expect(() => fieldsOf(text)).toThrow(AppError);
  });
});
