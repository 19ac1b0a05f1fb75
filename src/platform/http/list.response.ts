import { type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type PageRows } from './keyset';

/** Neighbours of a page; absent where there is none. */
export class ListLinks {
  @ApiProperty({ description: 'This page.', format: 'uri' })
  self!: string;

  @ApiPropertyOptional({
    description: 'The next, older page; absent on the last one.',
    format: 'uri',
  })
  next?: string;

  @ApiPropertyOptional({
    description: 'The previous, newer page; absent on the first.',
    format: 'uri',
  })
  prev?: string;
}

export interface ListResponse<T> {
  readonly type: 'list';
  readonly data: T[];
  readonly count: number;
  readonly _links: ListLinks;
}

/** The class of a list of `item`, for the API document. `name` must differ for every item. */
export function listResponseOf<T>(item: Type<T>, name: string): Type<ListResponse<T>> {
  class Page implements ListResponse<T> {
    @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
    type!: 'list';

    @ApiProperty({ description: 'The objects of this page, newest first.', type: [item] })
    data!: T[];

    @ApiProperty({ description: 'How many objects are on this page.', type: 'integer', example: 1 })
    count!: number;

    @ApiProperty({ description: 'This page and its neighbours.' })
    _links!: ListLinks;
  }
  Object.defineProperty(Page, 'name', { value: name });
  return Page;
}

/** A page as the API shows it. `url` is the address of the request, with its filters. */
export function toListResponse<Row, T>(
  page: PageRows<Row>,
  url: string,
  toItem: (row: Row) => T,
): ListResponse<T> {
  const data = page.rows.map(toItem);
  return {
    type: 'list',
    data,
    count: data.length,
    _links: {
      self: url,
      ...(page.next === null ? {} : { next: withCursor({ url, cursor: page.next }) }),
      ...(page.prev === null ? {} : { prev: withCursor({ url, cursor: page.prev }) }),
    },
  };
}

function withCursor({ url, cursor }: { url: string; cursor: string }): string {
  // There is none to replace, however it is spelt, and ours needs no escaping: reading the address takes as long as a row.
  if (!/cursor=|%/.test(url)) return `${url}${url.includes('?') ? '&' : '?'}cursor=${cursor}`;
  const target = new URL(url);
  target.searchParams.set('cursor', cursor);
  return target.toString();
}
