/** What a provider takes in one currency. */
export interface CurrencyLimits {
  /** Decimals the provider accepts; may be fewer than ISO 4217 gives the currency. */
  readonly exponent: number;
  /** In ISO minor units of the currency; null where the provider names none. */
  readonly minimumMinor: bigint | null;
  readonly maximumMinor: bigint | null;
}

/** For how long the provider recognises a repeated call by its key, in milliseconds; 0 = it never does. */
export interface RepeatWindows {
  readonly createMs: number;
  readonly captureMs: number;
  readonly cancelMs: number;
}

/**
 * What an adapter can do, as data: routes refuse by it before a byte is sent, `GET /api/providers` shows it
 * and the documentation is generated from it.
 */
export interface ProviderCapabilities {
  readonly currencies: Readonly<Record<string, CurrencyLimits>>;
  /** Words that `pay_methods` may hold. */
  readonly payMethods: readonly string[];
  /** `capture`: approving takes the money; `read_back`: the payer's own act did, approving only reads. */
  readonly approve: 'capture' | 'read_back';
  /** `provider`: cancelling is a call; `local`: there is none, so we promise never to capture. */
  readonly cancel: 'provider' | 'local';
  readonly setupMandate: boolean;
  readonly mandate: boolean;
  /** Money can be held and captured later; needs the part `holds`. */
  readonly holds: boolean;
  readonly repeat: RepeatWindows;
  /** Whether a payment whose id we never learnt can be found by our own reference. */
  readonly findByReference: boolean;
  /** `ours`: return URLs get `paymentId=<our id>`; `theirs`: the provider adds ids of its own, under that name. */
  readonly returnIds: 'ours' | 'theirs';
  /** Whether it makes no payment without a return URL and a cancel URL. */
  readonly needsReturnUrls: boolean;
  /** How long the payer has to agree; afterwards a vanished order counts as expired. Null: no such rule. */
  readonly approvalWindowMs: number | null;
}

/** Optional abilities of a create; the route refuses the ones that the chosen provider lacks. */
export type CreateAbility = 'setup_mandate' | 'mandate' | 'holds';

export function lacksAbility(capabilities: ProviderCapabilities, ability: CreateAbility): boolean {
  switch (ability) {
    case 'mandate':
      return !capabilities.mandate;
    case 'setup_mandate':
      return !capabilities.setupMandate;
    case 'holds':
      return !capabilities.holds;
  }
}
