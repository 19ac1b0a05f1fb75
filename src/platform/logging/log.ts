/** Values of a log line: ids, codes and counts, never whole objects. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** The program's logger, as something that can be injected. */
export abstract class Logger {
  abstract debug(fields: LogFields, message?: string): void;
  abstract info(fields: LogFields, message?: string): void;
  abstract warn(fields: LogFields, message?: string): void;
  abstract error(fields: LogFields, message?: string): void;
}
