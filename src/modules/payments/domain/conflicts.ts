/** Something in which we and the provider disagree about a payment, as a reading showed it. */
export interface Finding {
  /** Such as `amount_mismatch`. */
  readonly code: string;
  /** What of the payment it is about: the id of a refund or a capture; empty for the payment as a whole. */
  readonly about: string;
  /** What was seen, in words that are the same for as long as the provider shows the same. */
  readonly evidence: string;
  /** The provider showed something else before: what a person closed was another occurrence. */
  readonly isAnew?: boolean;
}

/** One that was found before. */
export interface KnownConflict {
  /** Null for one that only the payment itself tells of, written before conflicts were kept. */
  readonly id: string | null;
  readonly code: string;
  readonly about: string;
  /** Null where it was found before evidence was kept. */
  readonly evidence: string | null;
  readonly state: 'open' | 'ended_by_reading' | 'closed_by_person';
}

/** What a reading means for the conflicts of a payment. */
export interface ConflictPlan {
  /** To be kept, and told. */
  readonly found: readonly Finding[];
  /** The code of one that only the payment tells of, and that goes on: to be kept as well. Null for none. */
  readonly adopted: string | null;
  /** Ids of those that the reading ends. */
  readonly ended: readonly string[];
  /** The one that the payment shows from now on; null for none. */
  readonly shown: string | null;
  readonly isChanged: boolean;
}

/** What a reading showed. */
export interface Seen {
  readonly findings: readonly Finding[];
  /** It showed our payment, so that what another one had shown is over. */
  readonly isRight: boolean;
}

/** The conflicts of a payment as they are stored. */
export interface StoredConflicts {
  /** The one that the payment shows; null for none. */
  readonly shown: string | null;
  /** All that were ever found, oldest first. */
  readonly known: readonly KnownConflict[];
}

const MISMATCHES: readonly string[] = [
  'id_mismatch',
  'reference_mismatch',
  'amount_mismatch',
  'currency_mismatch',
  'payer_mismatch',
  'authorized_amount_mismatch',
];

/**
 * By it the provider showed another payment than ours: a wrong reading shows again for as long as it is one, and a right
 * one ends it. Any other is about money, may show only once, and only a person closes it.
 */
export function isMismatch(code: string): boolean {
  return MISMATCHES.includes(code);
}

/** Longer than anything that providers name things by. */
const TEXT_MAX = 300;

/** A finding in texts that come back from the database as they went there. */
export function findingOf(finding: Finding): Finding {
  const { about, evidence } = finding;
  return { ...finding, about: storable(about), evidence: storable(evidence) };
}

/** Pure: the same reading of the same conflicts is always the same plan. */
export function planConflicts(stored: StoredConflicts, seen: Seen): ConflictPlan {
  const known = allOf(stored);
  const found = seen.findings.filter((finding) => !isKnown(finding, known)).map(toKeep);
  const open = known.filter(({ state }) => state === 'open');
  const ended = open.filter((conflict) => isMismatch(conflict.code) && isOver(conflict, seen));
  const left = [...open.filter((conflict) => !ended.includes(conflict)), ...found];
  const shown = shownOf(left);
  const adopted = left.find((one) => 'id' in one && one.id === null)?.code ?? null;
  const isOther = shown !== stored.shown || adopted !== null;
  return {
    found,
    adopted,
    ended: ended.flatMap(({ id }) => id ?? []),
    shown,
    isChanged: found.length > 0 || ended.length > 0 || isOther,
  };
}

/** Whether it is anew was for finding it. */
function toKeep({ code, about, evidence }: Finding): Finding {
  return { code, about, evidence };
}

/** Whether what was found before matters to a plan that was made without it; for hardly any payment it does. */
export function needsKnown(shown: string | null, blind: ConflictPlan): boolean {
  return shown !== null || blind.found.length > 0;
}

/** The one that a payment shows of those that are open, oldest first: one about money before a wrong reading. */
export function shownOf(open: readonly { readonly code: string }[]): string | null {
  const first = open.find(({ code }) => !isMismatch(code)) ?? open[0];
  return first?.code ?? null;
}

/** With the one that only the payment tells of. */
function allOf({ shown, known }: StoredConflicts): readonly KnownConflict[] {
  const isKept = known.some(({ code, state }) => code === shown && state === 'open');
  if (shown === null || isKept) return known;
  return [{ id: null, code: shown, about: '', evidence: null, state: 'open' }, ...known];
}

/**
 * While one is open, the same evidence adds nothing. What a person closed is not found again by the same evidence, unless
 * the provider showed something else meanwhile; what a reading ended is. One without evidence is any of what it is about.
 */
function isKnown(finding: Finding, known: readonly KnownConflict[]): boolean {
  const alike = known.filter(({ code, about }) => code === finding.code && about === finding.about);
  const isOpen = alike.some(
    (one) => one.state === 'open' && (one.evidence === null || isSame(one, finding)),
  );
  const latest = alike.at(-1);
  if (isOpen || !latest) return isOpen;
  return finding.isAnew !== true && latest.state === 'closed_by_person' && isSame(latest, finding);
}

/** PostgreSQL stores no NUL character, and no half of a pair of code units. */
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, TEXT_MAX).toWellFormed();
}

function isOver(conflict: KnownConflict, { findings, isRight }: Seen): boolean {
  const again = findings.find(
    ({ code, about }) => code === conflict.code && about === conflict.about,
  );
  if (!again) return isRight;
  return conflict.evidence !== null && !isSame(conflict, again);
}

function isSame({ evidence }: KnownConflict, finding: Finding): boolean {
  return evidence === finding.evidence;
}
