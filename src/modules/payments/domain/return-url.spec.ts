import { returnUrlProblem, withPaymentId, withReturnIds } from './return-url';

describe('return URLs', () => {
  it.each([
    ['https://shop.example/return', 'https://shop.example/return?paymentId=pay_1'],
    ['https://shop.example/?a=1', 'https://shop.example/?a=1&paymentId=pay_1'],
    ['https://shop.example/?', 'https://shop.example/?paymentId=pay_1'],
    ['https://shop.example/?a=%20b&', 'https://shop.example/?a=%20b&paymentId=pay_1'],
    ['https://shop.example/#/return', 'https://shop.example/?paymentId=pay_1#/return'],
    ['https://shop.example/a?b=1#c#d', 'https://shop.example/a?b=1&paymentId=pay_1#c#d'],
  ])('carry our id: %s', (url, expected) => {
    expect(withPaymentId({ url, paymentId: 'pay_1' })).toBe(expected);
  });

  it('stay absent when there is none', () => {
    expect(withPaymentId({ url: null, paymentId: 'pay_1' })).toBeNull();
  });

  it('carry our id only where the provider adds none of its own', () => {
    const url = { url: 'https://shop.example/?a=1', paymentId: 'pay_1' };
    expect(withReturnIds(url, 'ours')).toBe('https://shop.example/?a=1&paymentId=pay_1');
    expect(withReturnIds(url, 'theirs')).toBe('https://shop.example/?a=1');
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,hi',
    'file:///etc/passwd',
    '/return',
    'shop.example/return',
    'https://user:secret@shop.example/',
    'https://shop.example/?paymentId=1',
    'http://',
    'https:shop.example',
    'https:/shop.example',
    'https:///shop.example',
    'http:\\\\shop.example',
    'https://shop.example\\@evil.example/',
    ' https://shop.example/',
    'https://shop.example/ ',
    'https://shop.example/a b',
    'https://shop.example/\ta',
    'ht\ntps://shop.example/',
    'https://shop.example/\r\nX: y',
    'https://shop.example/\u007f',
    'https://shop.example/\u00a0',
  ])('are refused with a cure: %s', (url) => {
    expect(returnUrlProblem(url)).not.toBeNull();
  });

  it('keep their capital letters, accents and percent-encoded spaces', () => {
    expect(returnUrlProblem('HTTPS://Shop.example/café%20noir?a=b%5Cc')).toBeNull();
  });

  it('may be http on a developer machine', () => {
    expect(returnUrlProblem('http://localhost:8080/return?order=7')).toBeNull();
  });
});
