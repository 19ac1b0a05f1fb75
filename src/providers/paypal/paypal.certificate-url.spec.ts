import { locateCertificate, readCertificatePlaces } from './paypal.certificate-url';

const PLACE = 'https://api.paypal.com/v1/notifications/certs/';
const places = [PLACE, 'http://127.0.0.1:4000/paypal/v1/notifications/certs/'];

describe('the address of a certificate', () => {
  it('is a name in one of the places', () => {
    expect(locateCertificate(`${PLACE}CERT-360caa42-fca2a594-1d93a270`, places)).toEqual({
      place: PLACE,
      name: 'CERT-360caa42-fca2a594-1d93a270',
    });
    expect(locateCertificate(`${places[1]}CERT-1`, places)?.place).toBe(places[1]);
  });

  it.each([
    ['another host', 'https://evil.example/v1/notifications/certs/CERT-1'],
    [
      'a host that begins like it',
      'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1',
    ],
    [
      'a host behind credentials',
      'https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1',
    ],
    ['credentials', 'https://me:you@api.paypal.com/v1/notifications/certs/CERT-1'],
    ['another port', 'https://api.paypal.com:8443/v1/notifications/certs/CERT-1'],
    ['its own port spelled out', 'https://api.paypal.com:443/v1/notifications/certs/CERT-1'],
    ['no TLS', 'http://api.paypal.com/v1/notifications/certs/CERT-1'],
    ['another path', 'https://api.paypal.com/v1/files/CERT-1'],
    ['a way up', `${PLACE}../../files/CERT-1`],
    ['a way up in escapes', `${PLACE}%2e%2e/%2e%2e/files/CERT-1`],
    ['a slash in escapes', `${PLACE}..%2fCERT-1`],
    ['a folder', `${PLACE}mine/CERT-1`],
    ['a backslash', `${PLACE}..\\CERT-1`],
    ['a query', `${PLACE}CERT-1?next=https://evil.example`],
    ['a fragment', `${PLACE}CERT-1#x`],
    ['a name in capitals of the host', 'https://API.PAYPAL.COM/v1/notifications/certs/CERT-1'],
    ['a line break', `${PLACE}CERT\n-1`],
    ['no name', PLACE],
    ['no end', `${PLACE}${'C'.repeat(400)}`],
    ['no address', 'CERT-1'],
  ])('is not accepted with %s', (_what, text) => {
    expect(locateCertificate(text, places)).toBeNull();
  });
});

describe('the places that certificates may come from', () => {
  it('are addresses, each with a slash at its end', () => {
    expect(readCertificatePlaces('https://api.paypal.com/v1, http://[::1]:4000/certs//')).toEqual([
      'https://api.paypal.com/v1/',
      'http://[::1]:4000/certs/',
    ]);
  });

  it.each([
    'http://api.paypal.com/certs',
    'https://api.paypal.com/certs?a=b',
    'https://me@api.paypal.com/certs',
    'ftp://127.0.0.1/certs',
    'https://api.paypal.com/certs,',
    'certs',
  ])('are not %s', (text) => {
    expect(readCertificatePlaces(text)).toBeUndefined();
  });
});
