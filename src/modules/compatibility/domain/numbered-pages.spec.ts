import { pageLinks, placeOf, readPageWish } from './numbered-pages';

const wishOf = (page?: string, pageSize?: string) => readPageWish({ page, pageSize });
const URL = 'http://pay.example/api/paypal-payments/?customer=1&page=2&x=%C3%A9';

/** Relation → address. */
function linksAt(place: { readonly page: number; readonly last: number }) {
  const links = pageLinks(URL, place).split(', ');
  const pairs = links.map((link) => {
    const [, address = '', relation = ''] = /^<(.*)>; rel="(.*)"$/.exec(link) ?? [];
    return [relation, address] as const;
  });
  return Object.fromEntries(pairs);
}

describe('numbered pages', () => {
  it('are ten long, from the first', () => {
    expect(wishOf()).toEqual({ page: 1, size: 10 });
    expect(wishOf('03', '25')).toEqual({ page: 3, size: 25 });
  });

  it.each([
    ['301', 300],
    ['99999999999999999999', 300],
    ['0', 10],
    ['-5', 10],
    ['ten', 10],
    ['', 10],
  ])('have a size of sense for %s', (pageSize, size) => {
    expect(wishOf('1', pageSize).size).toBe(size);
  });

  it.each(['0', '-1', '1.5', 'x', '', '9999999999', 'LAST', 'first'])(
    'have no number %s',
    (page) => {
      expect(() => wishOf(page)).toThrow('Invalid page.');
    },
  );

  it('end with the last one; the first is there even when it is empty', () => {
    expect(placeOf({ page: 1, size: 10 }, 0)).toEqual({ page: 1, last: 1 });
    expect(placeOf({ page: 2, size: 10 }, 11)).toEqual({ page: 2, last: 2 });
    expect(() => placeOf({ page: 2, size: 10 }, 10)).toThrow('Invalid page.');
  });

  it('are asked for the last one by that word', () => {
    const wish = wishOf('last', '5');
    expect(wish).toEqual({ page: 'last', size: 5 });
    expect(placeOf(wish, 11)).toEqual({ page: 3, last: 3 });
    expect(placeOf(wish, 0)).toEqual({ page: 1, last: 1 });
  });

  it('link to their neighbours and keep the other parameters', () => {
    const rest = 'http://pay.example/api/paypal-payments/?customer=1';
    expect(linksAt({ page: 2, last: 4 })).toEqual({
      first: `${rest}&x=%C3%A9`,
      prev: `${rest}&page=1&x=%C3%A9`,
      next: `${rest}&page=3&x=%C3%A9`,
      last: `${rest}&page=4&x=%C3%A9`,
    });
    expect(Object.keys(linksAt({ page: 1, last: 2 }))).toEqual(['first', 'next', 'last']);
    expect(Object.keys(linksAt({ page: 2, last: 2 }))).toEqual(['first', 'prev', 'last']);
    expect(linksAt({ page: 1, last: 1 })).toEqual({
      first: `${rest}&x=%C3%A9`,
      last: `${rest}&x=%C3%A9`,
    });
  });
});
