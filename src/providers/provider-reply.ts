import { type CallTrouble } from './provider-call';

/** What came of a call: an answer with any status, the certainty that nothing was sent, or neither. */
export type ProviderReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Parsed JSON, undefined when the body is no JSON; the text itself where that was asked for. */
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'not_sent'; readonly trouble: CallTrouble; readonly retryAfterS: number }
  | { readonly kind: 'unknown'; readonly trouble: CallTrouble };
