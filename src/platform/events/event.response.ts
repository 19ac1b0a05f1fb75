import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../shared/example-ids';
import { showId, showSubjectId } from '../../shared/id';
import { type JsonObject } from '../../shared/json';
import { ListLinks } from '../http/list.response';
import { toTimestamp } from '../http/timestamp';
import { type EventRow, type FeedPage } from './event-feed';

/** What an event tells of. */
export class EventSubject {
  @ApiProperty({ description: 'Its kind.', example: 'payment' })
  kind!: string;

  @ApiProperty({ description: 'Its id.', example: exampleIds.paidPaypal })
  id!: string;
}

/** Something that happened. */
export class EventResponse {
  @ApiProperty({ description: 'Id of the event; webhooks carry it.', example: exampleIds.event })
  id!: string;

  @ApiProperty({ description: 'What happened.', example: 'payment.paid' })
  type!: string;

  @ApiProperty({ description: 'What it happened to.' })
  subject!: EventSubject;

  @ApiProperty({
    description:
      'Never falls from event to event of the same subject. Events of one change have the same one, and a failure that ' +
      'changed nothing has that of the last change: their ids put those in order.',
    type: 'integer',
    example: 3,
  })
  sequence!: number;

  @ApiProperty({
    description:
      'The subject as it was afterwards, in short. For payments also `actor`, the subject of the key that asked for it ' +
      '(`kassa` where nobody did, `provider` for what a provider made by itself), and where something failed `reason`: ' +
      '`operation` (what was tried; null where the provider told of the failure), `code` and `message`.',
    type: 'object',
    additionalProperties: true,
  })
  data!: JsonObject;

  @ApiProperty({ description: 'When it happened.', format: 'date-time' })
  created_at!: string;
}

/** One page of events. */
export class EventList {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'The events of this page, oldest first.', type: [EventResponse] })
  data!: EventResponse[];

  @ApiProperty({ description: 'How many events are on this page.', type: 'integer', example: 1 })
  count!: number;

  @ApiProperty({
    description: 'Send it as `after` next time, also when this page is empty: nothing is skipped.',
  })
  cursor!: string;

  @ApiProperty({ description: 'This page, and `next` while there is more.' })
  _links!: ListLinks;
}

export function toEventList(page: FeedPage, url: string): EventList {
  const data = page.rows.map(toEventResponse);
  const next = new URL(url);
  next.searchParams.set('after', page.cursor);
  return {
    type: 'list',
    data,
    count: data.length,
    cursor: page.cursor,
    _links: { self: url, ...(page.hasMore ? { next: next.toString() } : {}) },
  };
}

function toEventResponse(row: EventRow): EventResponse {
  const subject = { kind: row.subject_kind, id: row.subject_id };
  return {
    id: showId('evt', row.id),
    type: row.type,
    subject: { kind: subject.kind, id: showSubjectId(subject) },
    sequence: row.subject_seq,
    data: row.data,
    created_at: toTimestamp(row.created_at),
  };
}
