import { environmentSource, type SettingProblem } from '../../shared/settings-reader';
import { readCompatibility } from './compatibility.settings';

type Settings = Readonly<Record<string, string>>;

const account = (name: string, type: string, currencies: readonly string[]) => ({
  account: name,
  type,
  currencies,
  build: () => {
    throw new Error('nothing is built while settings are read');
  },
});

const paypro = account('paypro', 'paypro', ['EUR']);
const paypal = account('paypal', 'paypal', ['EUR', 'USD']);
const belgian = account('paypal_be', 'paypal', ['EUR', 'USD']);

function read(accounts: readonly (typeof paypal)[], settings: Settings) {
  const problems: SettingProblem[] = [];
  const source = environmentSource(settings, () => '');
  const result = readCompatibility(accounts, { source, problems });
  return { result, names: problems.map(({ name }) => name) };
}

describe('the settings of the older API', () => {
  it('switch it on where there is an account for it, and off where there is none', () => {
    expect(read([paypro, paypal, belgian], {})).toEqual({
      result: { account: 'paypal', accounts: ['paypal', 'paypal_be'], currency: 'EUR' },
      names: [],
    });
    expect(read([paypro], {})).toEqual({ result: null, names: [] });
  });

  it('switch it off by word', () => {
    expect(read([paypal], { COMPAT_ENABLED: 'false' })).toEqual({ result: null, names: [] });
  });

  it('choose the account, and show those of its type', () => {
    const { result } = read([paypro, paypal, belgian], { COMPAT_PROVIDER: 'paypal_be' });
    expect(result).toMatchObject({ account: 'paypal_be', accounts: ['paypal', 'paypal_be'] });
    const other = read([paypro, paypal], { COMPAT_PROVIDER: 'paypro' });
    expect(other.result).toMatchObject({ account: 'paypro', accounts: ['paypro'] });
  });

  it.each<[string, Settings, readonly string[]]>([
    ['an account that is not there', { COMPAT_PROVIDER: 'stripe' }, ['COMPAT_PROVIDER']],
    ['what is no currency', { COMPAT_CURRENCY: 'eur' }, ['COMPAT_CURRENCY']],
    ['a currency the account does not take', { COMPAT_CURRENCY: 'PLN' }, ['COMPAT_CURRENCY']],
    ['what is neither true nor false', { COMPAT_ENABLED: 'yes' }, ['COMPAT_ENABLED']],
    ['a setting that does not exist', { COMPAT_ACCOUNT: 'paypal' }, ['COMPAT_ACCOUNT']],
    [
      'everything at once',
      { COMPAT_ENABLED: 'yes', COMPAT_PROVIDER: 'stripe', COMPAT_CURRENCY: '€' },
      ['COMPAT_ENABLED', 'COMPAT_CURRENCY', 'COMPAT_PROVIDER'],
    ],
  ])('refuse %s', (_, settings, names) => {
    expect(read([paypal], settings).names).toEqual(names);
  });

  it('refuse to switch it on without an account for it', () => {
    expect(read([paypro], { COMPAT_ENABLED: 'true' }).names).toEqual(['COMPAT_ENABLED']);
  });
});
