import { formatsOf } from './formats';

const DUTCH = formatsOf({ tag: 'nl-NL', currency: 'EUR' });
const ENGLISH = formatsOf({ tag: 'en-GB', currency: 'EUR' });
const GERMAN = formatsOf({ tag: 'de-DE', currency: 'EUR' });

/** As a reader sees it: whether a space may be broken does not matter here. */
function seen(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}

describe('amounts', () => {
  it('are written as each language writes them', () => {
    expect(seen(DUTCH.money('123450'))).toBe('€ 1.234,50');
    expect(seen(ENGLISH.money('123450'))).toBe('€1,234.50');
    expect(seen(GERMAN.money('123450'))).toBe('1.234,50 €');
  });

  it('name the currency once, in the heading', () => {
    expect(DUTCH.amount('123450')).toBe('1.234,50');
    expect(DUTCH.currency).toBe('€');
    expect(formatsOf({ tag: 'nl-NL', currency: 'CHF' }).currency).toBe('CHF');
  });

  it.each([
    ['JPY', '1234', '1.234'],
    ['KWD', '1234567', '1.234,567'],
    ['HUF', '123450', '1.234,50'],
    ['TWD', '123450', '1.234,50'],
  ])('have the decimals that ISO 4217 gives %s', (currency, minor, text) => {
    expect(formatsOf({ tag: 'nl-NL', currency }).amount(minor)).toBe(text);
  });

  it('are exact where a number of JavaScript is not', () => {
    expect(DUTCH.amount('90071992547409931')).toBe('900.719.925.474.099,31');
  });

  it('are never guessed from what is no figure', () => {
    expect(() => DUTCH.price('1e3')).toThrow('no decimal');
    expect(() => DUTCH.quantity('')).toThrow('no decimal');
  });
});

describe('prices and quantities', () => {
  it('show every decimal that was entered, prices at least those of the currency', () => {
    expect(DUTCH.price('82.5')).toBe('82,50');
    expect(DUTCH.price('0.001234')).toBe('0,001234');
    expect(DUTCH.quantity('1.5')).toBe('1,5');
    expect(DUTCH.quantity('3')).toBe('3');
  });

  it('name units of time and measure in the language of the invoice, one or many', () => {
    expect(GERMAN.unit({ unit: 'hour', quantity: '1' })).toBe('Stunde');
    expect(GERMAN.unit({ unit: 'hour', quantity: '1.5' })).toBe('Stunden');
    expect(DUTCH.unit({ unit: 'month', quantity: '3' })).toBe('maanden');
  });

  it('leave other units as they were entered', () => {
    expect(DUTCH.unit({ unit: 'strippenkaart', quantity: '3' })).toBe('strippenkaart');
    expect(DUTCH.unit({ unit: '<b>', quantity: '3' })).toBe('<b>');
  });
});

describe('rates, dates and countries', () => {
  it('are written as each language writes them', () => {
    expect(DUTCH.percent('21')).toBe('21%');
    expect(seen(GERMAN.percent('5.5'))).toBe('5,5 %');
    expect(seen(DUTCH.date('2026-11-21'))).toBe('21 november 2026');
    expect(seen(ENGLISH.date('2026-11-21'))).toBe('21 November 2026');
    expect(seen(GERMAN.date('2026-11-21'))).toBe('21. November 2026');
    expect(DUTCH.country('DE')).toBe('Duitsland');
  });

  it('name the days of a period no more often than needed', () => {
    expect(seen(DUTCH.period({ from: '2026-11-01', to: '2026-11-30' }))).toMatch(
      /^1 ?– ?30 november 2026$/,
    );
    expect(seen(DUTCH.period({ from: '2026-11-21', to: '2026-11-21' }))).toBe('21 november 2026');
  });

  it('show a country that is none as it is', () => {
    expect(DUTCH.country('<script>')).toBe('<script>');
  });
});
