import { type Money } from '../../../shared/money/money';
import { type ProviderChargeback } from '../../../providers/provider-parts';
import {
  type ChargebackState,
  type ChargebackTrigger,
  moveChargeback,
  TRIGGER_TO,
} from './chargeback-lifecycle';

/** What we stored about a chargeback, as far as news about it is judged by it. */
export interface StoredChargeback {
  readonly state: ChargebackState;
  readonly providerState: string;
  readonly amount: Money;
  readonly takenMinor: bigint;
  readonly reason: string | null;
  readonly conflict: string | null;
  /** The one capture that it takes from; null where the provider named none, or several. */
  readonly captureRef: string | null;
}

/** The payment that it is of. */
export interface ChargedPayment {
  readonly currency: string;
  readonly capturedMinor: bigint;
}

export interface ChargebackDecision {
  readonly state: ChargebackState;
  /** `amend`: it stays where it is, and something else about it changed. */
  readonly trigger: ChargebackTrigger | 'amend';
  readonly amount: Money;
  readonly takenMinor: bigint;
  /** What the books change by: negative for money that was taken, positive for money that came back. */
  readonly bookedMinor: bigint;
  /** What a person must look at; null when all fits. */
  readonly conflict: string | null;
  /** The one capture that it takes from; once known it is kept. */
  readonly captureRef: string | null;
  /** Whether there is anything to write. */
  readonly isNews: boolean;
}

/**
 * What follows from what a provider shows of a chargeback now; `stored` is null for one that is new to us. Pure:
 * the same news, however often and from wherever it comes, leads to the same decision, and no money is booked
 * but the difference between what is taken and what was booked as taken.
 */
export function decideChargeback(
  stored: StoredChargeback | null,
  shown: ProviderChargeback,
  payment: ChargedPayment,
): ChargebackDecision {
  if (stored && stored.amount.currency !== shown.amount.currency) return inOtherMoney(stored);
  const state = stateAfter(stored, shown);
  const before = stored?.takenMinor ?? 0n;
  const takenMinor = shown.taken?.minor ?? before;
  const conflict = conflictIn(shown, payment);
  const captureRef = stored?.captureRef ?? captureIn(shown);
  const to = stored && moveChargeback(stored.state, TRIGGER_TO[state]);
  return {
    state,
    trigger: stored && to === null ? 'amend' : TRIGGER_TO[state],
    amount: shown.amount,
    takenMinor,
    bookedMinor: before - takenMinor,
    conflict,
    captureRef,
    isNews: !stored || to !== null || differs(stored, shown, { takenMinor, conflict, captureRef }),
  };
}

/** An unknown word moves nothing; a chargeback that begins with one is not decided as far as we know. */
function stateAfter(stored: StoredChargeback | null, shown: ProviderChargeback): ChargebackState {
  return shown.state === 'unknown' ? (stored?.state ?? 'open') : shown.state;
}

/** What was booked in one currency cannot be corrected in another: a person must look. */
function inOtherMoney({
  state,
  amount,
  takenMinor,
  conflict,
  captureRef,
}: StoredChargeback): ChargebackDecision {
  const mismatch = 'currency_mismatch';
  const kept = { state, trigger: 'amend', amount, takenMinor, captureRef } as const;
  return { ...kept, bookedMinor: 0n, conflict: mismatch, isNews: conflict !== mismatch };
}

/** Of several nobody tells how much of each was taken. */
function captureIn({ captureIds }: ProviderChargeback): string | null {
  const [only = null] = captureIds;
  return captureIds.length === 1 ? only : null;
}

/** It is applied all the same: the provider has the money, whatever we think of it. */
function conflictIn(
  { state, amount, taken }: ProviderChargeback,
  { currency, capturedMinor }: ChargedPayment,
): string | null {
  if (state === 'unknown') return 'unknown_state';
  if (amount.currency !== currency) return 'currency_mismatch';
  return taken && taken.minor > capturedMinor ? 'exceeds_capture' : null;
}

function differs(
  stored: StoredChargeback,
  shown: ProviderChargeback,
  decided: Pick<ChargebackDecision, 'takenMinor' | 'conflict' | 'captureRef'>,
): boolean {
  return (
    stored.providerState !== shown.providerState ||
    !stored.amount.equals(shown.amount) ||
    stored.takenMinor !== decided.takenMinor ||
    stored.reason !== shown.reason ||
    stored.conflict !== decided.conflict ||
    stored.captureRef !== decided.captureRef
  );
}
