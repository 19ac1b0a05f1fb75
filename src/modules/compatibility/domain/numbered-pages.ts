import { pageInvalid } from '../compatibility.errors';

const SIZE_DEFAULT = 10;
const SIZE_MAX = 300;

export interface PageWish {
  /** Counts from 1. */
  readonly page: number | 'last';
  readonly size: number;
}

/** Which page it is, and which is the last one. */
export interface PagePlace {
  readonly page: number;
  readonly last: number;
}

/** Throws `page_invalid` (404) for what is no page number; a size that makes no sense is as if it were not there. */
export function readPageWish(query: {
  readonly page: string | undefined;
  readonly pageSize: string | undefined;
}): PageWish {
  const { page = '1', pageSize = '' } = query;
  if (page !== 'last' && !/^0*[1-9]\d{0,8}$/.test(page)) throw noSuchPage();
  const size = /^\d+$/.test(pageSize) ? Math.min(Number(pageSize), SIZE_MAX) : 0;
  return { page: page === 'last' ? page : Number(page), size: size === 0 ? SIZE_DEFAULT : size };
}

/** How many come before the page; null for the last one, which is known once they are counted. */
export function offsetOf({ page, size }: PageWish): number | null {
  return page === 'last' ? null : (page - 1) * size;
}

/** Throws `page_invalid` (404) for a page after the last; the first is there even when it is empty. */
export function placeOf({ page, size }: PageWish, count: number): PagePlace {
  const last = Math.max(1, Math.ceil(count / size));
  const place = { page: page === 'last' ? last : page, last };
  if (place.page > last) throw noSuchPage();
  return place;
}

/** The `Link` header of a page: its neighbours, with every other parameter of the request kept. */
export function pageLinks(url: string, { page, last }: PagePlace): string {
  const at = (number: number | null) => {
    const link = new URL(url);
    if (number === null) link.searchParams.delete('page');
    else link.searchParams.set('page', String(number));
    return link.href;
  };
  const links = [
    ['first', at(null)],
    ...(page > 1 ? [['prev', at(page - 1)]] : []),
    ...(page < last ? [['next', at(page + 1)]] : []),
    ['last', at(last === 1 ? null : last)],
  ];
  return links.map(([rel, address]) => `<${address}>; rel="${rel}"`).join(', ');
}

function noSuchPage() {
  return pageInvalid('Invalid page.');
}
