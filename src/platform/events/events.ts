import { type JsonObject } from '../../shared/json';
import { newId } from '../../shared/id';
import { type Tx } from '../database/database';
import { statement } from '../database/statement';

/** What one module tells the others, in the past tense: `payment.paid`. */
export interface DomainEvent {
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Counts up within the subject, so that readers can put its events in order. */
  readonly subjectSeq: number;
  readonly data: JsonObject;
}

/** Runs in the transaction that published the event: database work only, no network, and it must not be slow. */
export type Reaction = (tx: Tx, event: DomainEvent) => Promise<void>;

const insertEvent = statement<never>(
  'insert-event',
  `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
   VALUES ($1, $2, $3, $4, $5, $6)`,
);

/** Events are rows in the transaction of the change they tell of: one exists exactly when the other does. */
export class Events {
  private readonly reactions = new Map<string, Reaction[]>();

  /** Called by later modules while the program starts. A reaction that throws undoes the whole change. */
  react(type: string, reaction: Reaction): void {
    this.reactions.set(type, [...(this.reactions.get(type) ?? []), reaction]);
  }

  async publish(tx: Tx, event: DomainEvent): Promise<void> {
    await tx.query(insertEvent, [
      newId(),
      event.type,
      event.subjectKind,
      event.subjectId,
      event.subjectSeq,
      JSON.stringify(event.data),
    ]);
    for (const reaction of this.reactions.get(event.type) ?? []) await reaction(tx, event);
  }
}
