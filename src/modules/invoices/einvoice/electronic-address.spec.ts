import { electronicAddress, legalRegistration, peppolAddress } from './electronic-address';

const NOBODY = { country: null, vat_number: null, registration_number: null, email: null };

describe('an electronic address', () => {
  it.each([
    [{ country: 'NL', registration_number: '1234 5678' }, '0106:12345678'],
    [{ country: 'NL', vat_number: 'nl123456789b01' }, '9944:NL123456789B01'],
    [{ country: 'BE', vat_number: 'BE 0123.456.749' }, '0208:0123456749'],
    [{ country: 'DE', vat_number: 'DE123456789', email: 'a@b.example' }, '9930:DE123456789'],
    [{ country: 'GR', vat_number: 'EL123456789' }, '9933:EL123456789'],
    [{ country: 'FI', vat_number: 'FI12345671' }, '0216:003712345671'],
    [{ country: 'DK', vat_number: 'DK 12 34 56 78' }, '0184:DK12345678'],
    [{ country: 'SE', vat_number: 'SE556036079301' }, '0007:5560360793'],
    [{ country: 'NO', vat_number: 'NO 974 760 673 MVA' }, '0192:974760673'],
    [{ country: 'US', email: ' books@shop.example ' }, 'EM:books@shop.example'],
  ])('of %j is %s', (party, expected) => {
    const address = electronicAddress({ ...NOBODY, ...party });
    expect(`${address?.scheme}:${address?.id}`).toBe(expected);
  });

  it('that Peppol delivers to is no e-mail address', () => {
    const party = { ...NOBODY, email: 'books@shop.example' };
    expect(peppolAddress(party)).toBeNull();
  });

  it('is unknown of somebody without numbers and e-mail', () => {
    expect(electronicAddress(NOBODY)).toBeNull();
  });

  it('does not take a foreign registration number for a Dutch one', () => {
    expect(legalRegistration({ country: 'DE', registration_number: '12345678' })).toBeNull();
  });
});
