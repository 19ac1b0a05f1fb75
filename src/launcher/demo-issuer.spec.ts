import { issuerOf } from '../modules/invoices/actions/issuer';
import { readInvoicesSettings } from '../modules/invoices/invoices.settings';
import { environmentSource, type SettingProblem } from '../shared/settings-reader';
import { issuerSettings } from './demo-issuer';

describe('the issuer of the demonstration', () => {
  it('has a logo, which stands on its invoices', () => {
    const problems: SettingProblem[] = [];
    const source = environmentSource(issuerSettings({}), () => '');
    const settings = readInvoicesSettings({ source, problems });
    expect(problems).toEqual([]);
    expect(issuerOf(settings).logo).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  });

  it('steps back where the environment names another one', () => {
    expect(issuerSettings({ INVOICE_ISSUER_NAME: 'Ours BV' })).toEqual({});
  });

  it('leaves the logo to the environment where that has one', () => {
    const settings = issuerSettings({ INVOICE_LOGO_FILE: '/home/walter/logo.png' });
    expect(settings).toHaveProperty('INVOICE_ISSUER_NAME');
    expect(settings).not.toHaveProperty('INVOICE_LOGO_FILE');
  });
});
