import { type ErrorKind } from '../../shared/app-error';

/** The error codes of one part of the program. */
export interface ErrorOwner {
  /** For people: `Payments`. */
  readonly name: string;
  /** The folder that declares them. */
  readonly folder: string;
  /** What differs from every other error, as one clause; absent where nothing does. */
  readonly note?: string;
  readonly errors: readonly ErrorKind[];
}

/** A code and whose it is. */
export interface FoundError {
  readonly owner: ErrorOwner;
  readonly kind: ErrorKind;
}

/** Every error code of the program; this one list feeds `docs/errors.md` and the pages under `/problems`. */
export class ErrorCatalogue {
  private readonly found: ReadonlyMap<string, FoundError>;

  /** Owners in arrow order: what any route can answer first. Throws where two of them declare one code. */
  constructor(readonly owners: readonly ErrorOwner[]) {
    const all = owners.flatMap((owner) => owner.errors.map((kind) => ({ owner, kind })));
    const codes = all.map(({ kind }) => kind.code);
    const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
    if (twice.length > 0) throw new Error(`Error codes are declared twice: ${twice.join(', ')}.`);
    this.found = new Map(all.map((one) => [one.kind.code, one]));
  }

  find(code: string): FoundError | null {
    return this.found.get(code) ?? null;
  }
}
