export type FrozenVerb = 'create' | 'approve' | 'cancel';

/** What the provider said, or what happened on the way to it. */
export interface BackendTrouble {
  readonly code: string | null;
  readonly message: string | null;
}

/** The sentence that the older API stores with a payment and answers with. */
export function backendError(verb: FrozenVerb, { code, message }: BackendTrouble): string {
  return `Unable to ${verb} payment because of backend error ${message || code || 'unknown'}`;
}
