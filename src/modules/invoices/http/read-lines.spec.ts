import { AppError } from '../../../shared/app-error';
import { readLines } from './read-lines';

/** Where the description is refused, and why; empty where it is taken. */
function problemsOf(description: string): readonly string[] {
  try {
    readLines([{ description, unit_price: '1', vat_rate: '21' }]);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.context.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  }
}

const REFUSED = [
  '/lines/0/description: Send what it is, 1 to 500 printable characters with at most 10 line breaks.',
];

describe('the description of a line', () => {
  it.each([
    ['\\n', '\n'],
    ['\\r\\n', '\r\n'],
    ['\\r', '\r'],
    ['U+0085', '\u0085'],
    ['U+2028', '\u2028'],
    ['U+2029', '\u2029'],
  ])('has at most ten line breaks such as %s', (_, end) => {
    expect(problemsOf(`a${`${end}b`.repeat(10)}`)).toEqual([]);
    expect(problemsOf(`a${`${end}b`.repeat(11)}`)).toEqual(REFUSED);
  });

  it.each(['\u202a', '\u202d', '\u202e', '\u2066', '\u2069', '\u0000', '\u007f'])(
    'never shows something else than it says: %j',
    (mark) => {
      expect(problemsOf(`Plan ${mark}01 RUE`)).toEqual(REFUSED);
    },
  );

  it.each(['שלום', 'مرحبا 12', 'ありがとう', 'é — “ß” 👩‍👩‍👧', 'a\tb'])('may be %j', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});
