/** What the module has to know of the program's settings; it has none of its own. */
export interface WebhooksOptions {
  /** In a demonstration the receiver may run on this machine and without TLS. */
  readonly isDemo: boolean;
  /** Whether this process does the background work. */
  readonly runsJobs: boolean;
}

/** Injection token of the options. */
export const WEBHOOKS_OPTIONS = Symbol('webhooks options');
