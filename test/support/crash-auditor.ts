/** All that is known about a run: what we stored, what the gateways hold, and what callers were told. */
export interface Books {
  readonly payments: readonly BookedPayment[];
  readonly operations: readonly BookedOperation[];
  readonly facts: readonly { readonly payment: string; readonly ref: string }[];
  readonly ledger: readonly BookedEntry[];
  readonly history: readonly BookedChange[];
  readonly events: readonly { readonly payment: string; readonly type: string }[];
  /** Payments that the gateways made, by our reference. */
  readonly made: readonly { readonly payment: string; readonly id: string }[];
  /** Money that really moved. */
  readonly captures: readonly Capture[];
  /** What a 2xx said was so. */
  readonly promises: readonly Promised[];
}

export interface BookedPayment {
  readonly id: string;
  readonly providerId: string | null;
  readonly state: string;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly conflict: string | null;
}

export interface BookedOperation {
  readonly payment: string;
  readonly kind: string;
  readonly state: string;
}

export interface BookedEntry {
  readonly payment: string;
  /** `account:capture`. */
  readonly cause: string;
  /** What the customer's balance changed by. */
  readonly amount: bigint;
}

export interface BookedChange {
  readonly payment: string;
  readonly seq: number;
  readonly from: string | null;
  readonly to: string;
}

export interface Capture {
  readonly payment: string;
  readonly id: string;
  readonly amount: bigint;
}

export interface Promised {
  readonly payment: string;
  readonly state: string;
}

/** Everything that is wrong, one sentence each; empty when the books are right. */
export function audit(books: Books): readonly string[] {
  const known = new Map(books.payments.map((payment) => [payment.id, payment]));
  return [
    ...books.payments.flatMap((payment) => complaintsAbout(payment, books)),
    ...books.captures.flatMap((capture) => complaintsAboutMoney(capture, books)),
    ...books.ledger.flatMap((entry) => complaintsAboutEntry(entry, books)),
    ...books.promises.flatMap((promise) => complaintsAboutPromise(promise, known)),
    ...strangers(books, known),
  ];
}

function complaintsAbout(payment: BookedPayment, books: Books): readonly string[] {
  const ours = <T extends { readonly payment: string }>(all: readonly T[]) =>
    all.filter((one) => one.payment === payment.id);
  const captures = ours(books.captures);
  const sum = captures.reduce((total, { amount }) => total + amount, 0n);
  const about: string[] = [];
  const complain = (what: string, isWrong: boolean) => {
    if (isWrong) about.push(`${payment.id}: ${what}`);
  };
  const { state } = payment;
  complain(`${captures.length} captures`, captures.length > 1);
  complain('captured more than was asked for', sum > payment.amount);
  complain(`${payment.captured} stored, ${sum} captured`, payment.captured !== sum);
  complain(`captured and ${state}`, captures.length > 0 && state !== 'paid');
  complain('paid without money', captures.length === 0 && state === 'paid');
  complain(`conflict ${payment.conflict}`, payment.conflict !== null);
  const made = new Set(ours(books.made).map(({ id }) => id));
  complain(`${made.size} payments at the gateway`, made.size > 1);
  const learnt = payment.providerId;
  complain('the gateway never made it', learnt !== null && !made.has(learnt));
  complain('we never learnt its id at the gateway', made.size > 0 && learnt === null);
  complain(
    'initialized and nobody works on it',
    state === 'initialized' && isIdle(ours(books.operations)),
  );
  for (const { kind, state: stuck } of ours(books.operations).filter(isOpen)) {
    complain(`its ${kind} is ${stuck}`, true);
  }
  return [...about, ...complaintsAboutHistory(payment, books)];
}

function isOpen({ state }: BookedOperation): boolean {
  return state !== 'succeeded' && state !== 'refused';
}

function isIdle(operations: readonly BookedOperation[]): boolean {
  return !operations.some(isOpen);
}

/** The changes are a chain from the first to what is stored, and each of them was told. */
function complaintsAboutHistory(payment: BookedPayment, books: Books): readonly string[] {
  const changes = books.history
    .filter((change) => change.payment === payment.id)
    .toSorted((a, b) => a.seq - b.seq);
  const about: string[] = [];
  let before: string | null = null;
  for (const { from, to } of changes) {
    if (from !== before)
      about.push(`${payment.id}: history goes from ${before} to ${to} by ${from}`);
    before = to;
  }
  if (before !== payment.state) about.push(`${payment.id}: ${payment.state} without history`);
  const told = books.events.filter((event) => event.payment === payment.id);
  for (const { to } of changes) {
    const type = `payment.${to === 'initialized' ? 'created' : to}`;
    const times = told.filter((event) => event.type === type).length;
    if (times !== 1) about.push(`${payment.id}: ${type} was told ${times} times`);
  }
  return about;
}

function complaintsAboutMoney(capture: Capture, books: Books): readonly string[] {
  const about: string[] = [];
  const isOurs = (ref: string) => ref === capture.id;
  if (!books.facts.some(({ ref }) => isOurs(ref))) about.push(`capture ${capture.id}: no fact`);
  const entries = books.ledger.filter(({ cause }) => cause.endsWith(`:${capture.id}`));
  if (entries.length !== 1) about.push(`capture ${capture.id}: booked ${entries.length} times`);
  const isWrong = entries.some(({ amount }) => amount !== capture.amount);
  if (isWrong) about.push(`capture ${capture.id}: booked with another amount`);
  return about;
}

function complaintsAboutEntry(entry: BookedEntry, { captures }: Books): readonly string[] {
  const money = captures.find(({ id }) => entry.cause.endsWith(`:${id}`));
  if (!money) return [`ledger ${entry.cause}: no money behind it`];
  return money.payment === entry.payment ? [] : [`ledger ${entry.cause}: of another payment`];
}

/** Nothing follows `paid`; what was canceled may only have been paid after all, which is a conflict. */
function complaintsAboutPromise(
  { payment, state }: Promised,
  known: ReadonlyMap<string, BookedPayment>,
): readonly string[] {
  const now = known.get(payment);
  if (!now) return [`${payment}: we said ${state}, and it is lost`];
  const isFinal = state === 'paid' || state === 'canceled';
  const isBroken = isFinal ? now.state !== state : now.state === 'initialized' && state === 'open';
  return isBroken ? [`${payment}: we said ${state}, and it is ${now.state}`] : [];
}

function strangers(books: Books, known: ReadonlyMap<string, BookedPayment>): readonly string[] {
  const unknown = [...books.made, ...books.captures].filter(({ payment }) => !known.has(payment));
  return unknown.map(({ payment, id }) => `${id} at the gateway belongs to ${payment}: lost`);
}
