import { readIban } from './iban';

describe('an IBAN', () => {
  it.each([
    ['NL91ABNA0417164300', 'NL91ABNA0417164300'],
    ['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
    ['nl91abna0417164300', 'NL91ABNA0417164300'],
    ['DE89370400440532013000', 'DE89370400440532013000'],
    ['GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001S'],
    ['NO9386011117947', 'NO9386011117947'],
  ])('is %s', (text, iban) => {
    expect(readIban(text)).toBe(iban);
  });

  it.each([
    ['one digit is another', 'NL92ABNA0417164300'],
    ['two neighbours are swapped', 'NL91ABNA0417614300'],
    ['a letter is another', 'NL91ABNB0417164300'],
    ['a character is missing', 'NL91ABNA041716430'],
    ['it is too short', 'NL91'],
    ['it is too long', `NL91${'A'.repeat(31)}`],
    ['it has no country', '9191ABNA0417164300'],
    ['it has other characters', 'NL91-ABNA-0417-1643-00'],
    ['digits are of another script', 'NL91ABNA041716430\u0660'],
    ['it is empty', ''],
  ])('is none when %s', (_, text) => {
    expect(readIban(text)).toBeNull();
  });
});
