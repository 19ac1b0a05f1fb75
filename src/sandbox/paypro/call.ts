/** One authenticated call of the PayPro API, read from the HTTP request. */
export interface PayProCall {
  /** The API key that was sent. */
  account: string;
  /** The id in the path; empty where the path has none. */
  id: string;
  query: unknown;
  /** The parsed body; undefined when none was sent. */
  body: unknown;
}
