import { corsOriginsSetting, isAllowed } from './cors-origins';

describe('the origins of CORS_ORIGINS', () => {
  it('are a list', () => {
    expect(corsOriginsSetting.parse('https://shop.example.com, http://localhost:5173')).toEqual([
      'https://shop.example.com',
      'http://localhost:5173',
    ]);
    expect(corsOriginsSetting.parse('http://localhost:*')).toEqual(['http://localhost:*']);
  });

  it.each([
    '',
    '*',
    'null',
    'https://*.example.com',
    'https://shop.example.com/',
    'https://shop.example.com/cart',
    'https://SHOP.example.com',
    'https://shop.example.com:443',
    'https://me@shop.example.com',
    'shop.example.com',
    'ftp://shop.example.com',
    'file://',
    'https://shop.example.com:*',
    'https://localhost:*',
    'https://a.example,https://a.example',
    'https://a.example,',
  ])('are refused where no browser sends such a one: "%s"', (text) => {
    expect(corsOriginsSetting.parse(text)).toBeUndefined();
  });

  it.each([
    ['https://shop.example.com', true],
    ['https://shop.example.com.evil.example', false],
    ['https://evil.example', false],
    ['http://shop.example.com', false],
    ['https://shop.example.com:8443', false],
    ['HTTPS://shop.example.com', false],
    ['http://localhost:5173', true],
    ['http://localhost', false],
    ['http://localhost:', false],
    ['http://localhost:80.evil.example', false],
    ['http://localhost:5173@evil.example', false],
    ['null', false],
    ['', false],
  ])('let in letter by letter: %s %s', (origin, expected) => {
    expect(isAllowed(['https://shop.example.com', 'http://localhost:*'], origin)).toBe(expected);
  });
});
