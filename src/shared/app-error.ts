/** One entry of `docs/errors.md`: what a code means and what the caller does about it. */
export interface ErrorDefinition {
  /** HTTP status that carries it. */
  readonly status: number;
  /** Short name for people; the same for every occurrence. */
  readonly title: string;
  /** What the caller should do; printed in the documentation. */
  readonly cure: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable?: boolean;
  /** How it is told, for the API document; left out: by its cure. */
  readonly example?: ErrorExample;
}

/** One occurrence of an error, in the very words of the program. */
export interface ErrorExample extends Pick<ErrorContext, 'errors' | 'provider' | 'members'> {
  readonly detail: string;
}

/** One rejected part of a request. `pointer` is a JSON pointer into the body, or `?name` for a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What a provider said about its refusal; `reference` is the id that the provider's support asks for. */
export interface ProviderTrouble {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly reference: string | null;
}

/** What is wrong with an Authorization header; `absent` also where it names a scheme that the route does not take. */
export type CredentialsProblem = 'absent' | 'empty' | 'spaced' | 'unknown';

export interface ErrorContext {
  readonly errors?: readonly FieldError[];
  readonly provider?: ProviderTrouble;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfterS?: number;
  /** The Idempotency-Key was seen before: this is what it led to then, and nothing was done now. */
  readonly isReplayed?: boolean;
  /** With a 401, for whoever words it otherwise. */
  readonly credentials?: CredentialsProblem;
  /** Further members of the problem document, such as `checkout_url`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An outcome that the API reports to its caller. Anything else that is thrown is a defect of ours. */
export class AppError extends Error {
  readonly code: string;
  readonly definition: ErrorDefinition;

  constructor(
    kind: Pick<ErrorKind, 'code' | 'definition'>,
    detail: string,
    readonly context: ErrorContext = {},
  ) {
    super(detail);
    this.code = kind.code;
    this.definition = kind.definition;
    this.name = 'AppError';
  }
}

/** The same error, told for an Idempotency-Key that was seen before. */
export function asReplayed(error: AppError): AppError {
  return new AppError(error, error.message, { ...error.context, isReplayed: true });
}

/** Makes errors of one code; carries its definition so that `docs/errors.md` can list it. */
export interface ErrorKind {
  (detail: string, context?: ErrorContext): AppError;
  readonly code: string;
  readonly definition: ErrorDefinition;
}

/**
 * Declares an error code: `const notFound = defineError('payment_not_found', { … })`, then
 * `throw notFound('There is no payment pay_….')`. The detail is a sentence that says what to do.
 */
export function defineError(code: string, definition: ErrorDefinition): ErrorKind {
  const make = (detail: string, context?: ErrorContext) =>
    new AppError({ code, definition }, detail, context);
  return Object.assign(make, { code, definition });
}

/** The same code with the example of an operation that tells it in other words, for the API document. */
export function showing(kind: ErrorKind, example: ErrorExample): ErrorKind {
  const make = (detail: string, context?: ErrorContext) => kind(detail, context);
  return Object.assign(make, { code: kind.code, definition: { ...kind.definition, example } });
}

/** An example that blames one field. */
export function blaming(error: FieldError): ErrorExample {
  return { detail: error.detail, errors: [error] };
}
