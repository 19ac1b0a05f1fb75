import { type CallResult } from './provider-call';

/** What a provider shows of our own account, for whoever checks a configuration. It reads and changes nothing. */
export interface InspectionOps {
  /** `done` also says that the credentials are accepted. */
  inspect(): Promise<CallResult<AccountInspection>>;
}

export interface AccountInspection {
  /** Their clock at the time of the answer, to the second; null where the answer does not say. */
  readonly clock: Date | null;
  /** Whether money is real with these credentials at this address; null where nobody can tell. */
  readonly movesRealMoney: boolean | null;
  /** All that are registered for the account. */
  readonly webhooks: readonly RegisteredWebhook[];
}

export interface RegisteredWebhook {
  /** Where it sends, as it is registered. */
  readonly url: string;
  /** Our settings hold its id or its secret, so its deliveries are genuine to us. */
  readonly isConfigured: boolean;
  readonly isActive: boolean;
  /** Types of events that we act upon and that it leaves out. */
  readonly missingEvents: readonly string[];
}

/** The types of `needed` that are not sent; `all` is the provider's word for every type. */
export function missingEvents(
  needed: readonly string[],
  { sent, all }: { readonly sent: readonly string[]; readonly all: string },
): readonly string[] {
  return sent.includes(all) ? [] : needed.filter((type) => !sent.includes(type));
}

/** Types as a provider spells them: `payment` with `['paid']` is `payment.paid`. */
export function eventTypes(kind: string, events: readonly string[]): readonly string[] {
  return events.map((event) => `${kind}.${event}`);
}

/** The `Date` header of an answer. */
export function clockOf(headers: Readonly<Record<string, string>>): Date | null {
  const time = new Date(headers['date'] ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}
