import { environmentSource, type SettingProblem } from '../../shared/settings-reader';
import { readInvoicesSettings } from './invoices.settings';

function read(INVOICE_PAY_URL: string) {
  const problems: SettingProblem[] = [];
  const source = environmentSource({ INVOICE_PAY_URL }, () => '');
  return { url: readInvoicesSettings({ source, problems }).INVOICE_PAY_URL, problems };
}

describe('the address where invoices are paid', () => {
  const longest = `https://shop.example.com/${'a'.repeat(225)}`;

  it('is taken while a camera still reads its code from paper', () => {
    expect(read(`${longest}/`)).toEqual({ url: longest, problems: [] });
  });

  it.each([`${longest}a`, `https://shop.example.com/${'é'.repeat(113)}`])(
    'is refused with the cure where it is longer: %s',
    (url) => {
      const { problems } = read(url);
      expect(problems.map(({ name }) => name)).toEqual(['INVOICE_PAY_URL']);
      expect(problems[0]?.detail).toContain('at most 250 bytes');
      expect(problems[0]?.detail).toContain('Use a short address of yours');
    },
  );
});
