/** What a statement's parameter may be; money goes in as text, so no number ever carries it. */
export type Value = string | number | boolean | Date | null | readonly string[];

/**
 * SQL under a name: every connection of the pool prepares it once. `Row` says what a row looks like;
 * it is the reader's promise about the SELECT list beside it, nothing checks it at run time.
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Never present: it only carries the type. */
  readonly row?: Row;
}

/** `statement<{ id: string }>('find-customer', 'SELECT id FROM …')`. Names are unique in the whole program. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return { name, text };
}
