import { decodedPathOf, originFormOf } from './request-target';

describe('the target of a request', () => {
  it.each([
    ['/api/payments?limit=2', '/api/payments?limit=2'],
    ['http://pay.example/api/payments?limit=2', '/api/payments?limit=2'],
    ['https://pay.example:8443/', '/'],
    ['//pay.example/api', '//pay.example/api'],
    ['http://pay.example', '/http://pay.example'],
    ['*', '/*'],
    ['', '/'],
  ])('%s is %s as path and query', (target, expected) => {
    expect(originFormOf(target)).toBe(expected);
  });

  it.each([
    ['/api/payments/?limit=2', '/api/payments/'],
    ['/api/%70aypal-payments/', '/api/paypal-payments/'],
    ['http://pay.example/api/%70ayments?x=%zz', '/api/payments'],
    ['/api/payments%2fx', '/api/payments%2fx'],
    ['/api/payments%3fx', '/api/payments%3fx'],
    ['/%c3%9c', '/Ü'],
    ['/api/%zz', '/api/%zz'],
    ['/api#there', '/api'],
  ])('%s has the path %s', (target, expected) => {
    expect(decodedPathOf(target)).toBe(expected);
  });
});
