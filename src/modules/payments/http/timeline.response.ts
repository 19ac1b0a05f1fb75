import { ApiProperty } from '@nestjs/swagger';
import { type Caller, KASSA } from '../../../platform/auth/caller';
import { toTimestamp } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { type TimelineRow } from '../queries/payment-timeline';

/** One thing that happened. */
export class TimelineEntry {
  @ApiProperty({ description: 'When.', format: 'date-time' })
  at!: string;

  @ApiProperty({
    description:
      '`state`: it moved; `operation`: the provider was asked; `fact`: the provider told about money; ' +
      '`review`: a person decided what became of an operation; `refund`: a refund moved; ' +
      '`chargeback`: the payer takes money back; `conflict`: the provider and we disagree, or that is over.',
    enum: ['state', 'operation', 'fact', 'review', 'refund', 'chargeback', 'conflict'],
  })
  kind!: string;

  @ApiProperty({ description: 'What, in a word or two.', example: 'paid' })
  what!: string;

  @ApiProperty({
    description:
      'Who caused it. A user sees its own subject, `kassa` for the program, and `staff` for anybody else.',
    type: String,
    nullable: true,
    example: 'alice',
  })
  actor!: string | null;

  @ApiProperty({
    description: 'What else is known, by kind.',
    type: 'object',
    additionalProperties: true,
  })
  details!: Readonly<Record<string, string | number | null>>;
}

/** Everything that happened to a payment, oldest first. */
export class TimelineResponse {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'What happened, oldest first.', type: [TimelineEntry] })
  data!: TimelineEntry[];

  @ApiProperty({ description: 'How many entries there are.', type: 'integer', example: 3 })
  count!: number;
}

export function toTimelineResponse(rows: readonly TimelineRow[], caller: Caller): TimelineResponse {
  const data = rows.map((row) => ({
    ...row,
    at: toTimestamp(row.at),
    details: shownDetails(row.details),
    actor: actorFor(caller, row.actor),
  }));
  return { type: 'list', data, count: data.length };
}

function shownDetails(details: TimelineRow['details']): TimelineRow['details'] {
  const { refund, conflict } = details;
  if (typeof refund === 'string') return { ...details, refund: showId('ref', refund) };
  if (typeof conflict === 'string') return { ...details, conflict: showId('con', conflict) };
  return details;
}

/** Who works for the shop is no business of its customers. */
function actorFor({ role, subject }: Caller, actor: string | null): string | null {
  const isOpen = actor === null || actor === subject || actor === KASSA.subject;
  return role === 'staff' || isOpen ? actor : 'staff';
}
