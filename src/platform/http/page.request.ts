import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { readCursor } from './cursor';
import { invalidRequest } from './http.errors';
import { type PageRequest } from './keyset';

const LIMIT_DEFAULT = 25;
const LIMIT_MAX = 100;

/** Which part of a list to show. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'Objects on a page, 1 to 100.',
    type: 'integer',
    minimum: 1,
    maximum: LIMIT_MAX,
    default: LIMIT_DEFAULT,
    example: 25,
  })
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'Send a whole number from 1 to 100.' })
  limit?: string;

  @ApiPropertyOptional({
    description: 'Where the page starts: the value from `_links.next` or `_links.prev`.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

export function toPageRequest(query: PageQuery): PageRequest {
  const limit = Number(query.limit ?? LIMIT_DEFAULT);
  if (limit < 1 || limit > LIMIT_MAX) {
    const detail = `Send a limit from 1 to ${LIMIT_MAX}.`;
    throw invalidRequest(detail, { errors: [{ pointer: '?limit', code: 'limit', detail }] });
  }
  return { limit, cursor: query.cursor === undefined ? null : readCursor(query.cursor) };
}
