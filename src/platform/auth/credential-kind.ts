import { type Caller } from './caller';

/** One way to prove who one is: an API key, or a token of the OIDC issuer. */
export interface CredentialKind {
  /** Whether a text has the shape of such a credential; says nothing about whether it is good. */
  fits(text: string): boolean;

  /** The caller behind it, where that was found out a moment ago and still counts. */
  recall(text: string): Caller | null;

  /** Whether it was good the last time it was looked at: what others do then keeps nobody out. */
  knows(text: string): boolean;

  /** Finds out. Throws `unauthorized` (401) when it is not good, 503 when nobody can tell right now. */
  recognise(text: string): Promise<Caller>;
}
