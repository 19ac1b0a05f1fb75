import { type JsonObject } from '../../shared/json';
import { newId } from '../../shared/id';
import { type Tx } from '../database/database';
import { statement } from '../database/statement';

/** What one module tells the others, in the past tense: `payment.paid`. */
export interface DomainEvent {
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Never falls within the subject, so that readers can put its events in order; the ids decide between equals. */
  readonly subjectSeq: number;
  readonly data: JsonObject;
}

/** Runs in the transaction that published the event: database work only, no network, and it must not be slow. */
export type Reaction = (tx: Tx, event: DomainEvent) => Promise<void>;

/**
 * SQL that inserts the events that `eventRows` wrote into the parameter. A statement that changes something may
 * carry it as one of its parts, so that the change and its events are one round trip.
 */
export function insertEventsSql(placeholder: string): string {
  return `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
    SELECT id, type, subject_kind, subject_id, subject_seq, data
    FROM jsonb_to_recordset(${placeholder}::jsonb) AS e(id uuid, type text, subject_kind text,
      subject_id uuid, subject_seq integer, data jsonb)`;
}

/** The value for the parameter of `insertEventsSql`. */
export function eventRows(events: readonly DomainEvent[]): string {
  const rows = events.map(({ type, subjectKind, subjectId, subjectSeq, data }) => ({
    id: newId(),
    type,
    subject_kind: subjectKind,
    subject_id: subjectId,
    subject_seq: subjectSeq,
    data,
  }));
  return JSON.stringify(rows);
}

const insertEvents = statement<never>('insert-events', insertEventsSql('$1'));

/** Events are rows in the transaction of the change they tell of: one exists exactly when the other does. */
export class Events {
  private readonly reactions = new Map<string, Reaction[]>();

  /** Called by later modules while the program starts. A reaction that throws undoes the whole change. */
  react(type: string, reaction: Reaction): void {
    this.reactions.set(type, [...(this.reactions.get(type) ?? []), reaction]);
  }

  async publish(tx: Tx, event: DomainEvent): Promise<void> {
    await tx.query(insertEvents, [eventRows([event])]);
    await this.runReactions(tx, [event]);
  }

  /** Whether somebody reacts inside the transaction, so that one has to be open. */
  hasReactions(events: readonly DomainEvent[]): boolean {
    return events.some(({ type }) => this.reactions.has(type));
  }

  /** For events that a statement inserted itself with `insertEventsSql`. */
  async runReactions(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    for (const event of events) {
      for (const reaction of this.reactions.get(event.type) ?? []) await reaction(tx, event);
    }
  }
}
