/** One authenticated call of the PayPal API, read from the HTTP request. */
export interface PayPalCall {
  /** The client id whose token was sent. */
  account: string;
  /** The id in the path; empty where the path has none. */
  id: string;
  requestId: string | undefined;
  /** Which route it is: a request id is only compared within the same one. */
  route: string;
  /** `Prefer: return=representation`. */
  fullAnswer: boolean;
  /** The parsed body; undefined when none was sent. */
  body: unknown;
  /** The body as it was sent, for what counts byte for byte. */
  text: string;
  query: unknown;
}
