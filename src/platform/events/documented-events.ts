import { type JsonObject } from '../../shared/json';

/** What one event says. */
export interface DocumentedEvent {
  /** A sentence: what happened. */
  readonly about: string;
  /** `data`, whole. */
  readonly example: JsonObject;
}

/** A member of `data`: a JSON schema with its description. */
export interface DocumentedMember {
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/** The events of one kind of subject, for the API document. */
export interface DocumentedEvents {
  /** The tag that they stand under. */
  readonly tag: string;
  /** Name of the schema of `data`. */
  readonly schema: string;
  readonly members: Readonly<Record<string, DocumentedMember>>;
  /** Members that not every event has. */
  readonly optional: readonly string[];
  /** By type: `payment.paid`. */
  readonly events: Readonly<Record<string, DocumentedEvent>>;
}

interface ToldEvent<Type extends string> {
  readonly about: Readonly<Record<Type, string>>;
  readonly example: (type: Type) => JsonObject;
}

/** The events of a union of types: one that nobody describes does not compile. */
export function describeEvents<Type extends string>({ about, example }: ToldEvent<Type>) {
  const events: Record<string, DocumentedEvent> = {};
  for (const type in about) events[type] = { about: about[type], example: example(type) };
  return events;
}

const nullable = (type: string) => [type, 'null'];

/** Members as events have them. */
export const member = {
  text: (description: string): DocumentedMember => ({ type: 'string', description }),
  optionalText: (description: string): DocumentedMember => ({
    type: nullable('string'),
    description,
  }),
  amount: (description: string): DocumentedMember => ({
    type: 'integer',
    description: `${description}, in minor units of \`currency\`.`,
  }),
  day: (description: string): DocumentedMember => ({
    type: nullable('string'),
    format: 'date',
    description,
  }),
  oneOf: (description: string, words: readonly string[]): DocumentedMember => ({
    type: 'string',
    enum: words,
    description,
  }),
  object: (
    description: string,
    properties: Readonly<Record<string, DocumentedMember>>,
  ): DocumentedMember => ({ type: nullable('object'), description, properties }),
};
