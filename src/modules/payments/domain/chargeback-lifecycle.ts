/** Where a chargeback stands. The words are the API's. */
export const CHARGEBACK_STATES = ['open', 'lost', 'won'] as const;

export type ChargebackState = (typeof CHARGEBACK_STATES)[number];

/** What can happen to a chargeback. */
export const CHARGEBACK_TRIGGERS = ['open', 'lose', 'win'] as const;

export type ChargebackTrigger = (typeof CHARGEBACK_TRIGGERS)[number];

type Edges = Readonly<Partial<Record<ChargebackTrigger, ChargebackState>>>;

/**
 * Every edge there is. No state is an end for ever, because others decide: a loss is appealed or reversed, and a
 * bank may ask a second time for what was won.
 */
export const CHARGEBACK_EDGES: Readonly<Record<ChargebackState, Edges>> = {
  open: { lose: 'lost', win: 'won' },
  lost: { open: 'open', win: 'won' },
  won: { open: 'open', lose: 'lost' },
};

/** What leads to each state; how a chargeback begins that we hear of late, too. */
export const TRIGGER_TO: Readonly<Record<ChargebackState, ChargebackTrigger>> = {
  open: 'open',
  lost: 'lose',
  won: 'win',
};

/** Where the trigger leads; null when that is where it is already. */
export function moveChargeback(
  from: ChargebackState,
  trigger: ChargebackTrigger,
): ChargebackState | null {
  return CHARGEBACK_EDGES[from][trigger] ?? null;
}
