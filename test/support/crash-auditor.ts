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
  /** What an answer said was so. */
  readonly promises: readonly Promised[];
  /** Payments about which a gateway once said something wrong: a person has to look at them. */
  readonly wronged: ReadonlySet<string>;
  readonly notifications: Notifications;
  /** Payments that are approved without their shop, and whose payers agreed. */
  readonly due: ReadonlySet<string>;
}

export interface BookedPayment {
  readonly id: string;
  /** What the caller ordered: the same order is one payment, however often it was sent. */
  readonly order: string;
  readonly account: string;
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
  /** Why it is not settled, or was refused. */
  readonly reason: string | null;
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

/** Events of gateways, as `account:event`. */
export interface Notifications {
  readonly stored: ReadonlySet<string>;
  /** Those of them that came as a delivery; the others were read from the gateway's own list. */
  readonly delivered: ReadonlySet<string>;
  /** Those that we answered with success. */
  readonly acknowledged: ReadonlySet<string>;
  /** Those of them that were not in the database yet when the gateway had its answer. */
  readonly premature: ReadonlySet<string>;
  /** Those that a gateway really sent. */
  readonly genuine: ReadonlySet<string>;
}

/** The lifecycle once more, as callers may see it: money that comes after an end is a conflict, never usual. */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  initialized: ['open', 'processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'],
  open: ['processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'],
  processing: ['paid', 'expired', 'failed'],
  authorized: ['paid', 'canceled', 'expired', 'failed'],
};

export function canFollow(step: { readonly before: string; readonly state: string }): boolean {
  return step.before === step.state || (FOLLOWING[step.before] ?? []).includes(step.state);
}

/** Everything that is wrong, one sentence each; empty when the books are right. */
export function audit(books: Books): readonly string[] {
  const known = new Map(books.payments.map((payment) => [payment.id, payment]));
  const shelves = shelve(books);
  const facts = new Set(books.facts.map(({ ref }) => ref));
  return [
    ...books.payments.flatMap((payment) => complaintsAbout(payment, shelves)),
    ...books.captures.flatMap((capture) => complaintsAboutMoney(capture, shelves, facts)),
    ...complaintsAboutEntries(books),
    ...books.promises.flatMap((promise) => complaintsAboutPromise(promise, known)),
    ...strangers(books, known),
    ...complaintsAboutOrders(books, shelves),
    ...complaintsAboutNotifications(books.notifications),
    ...complaintsAboutDue(books, known),
  ];
}

/** What is left for a person, and why that is right: a gateway contradicted itself. */
export function reviews({ operations, payments, wronged }: Books): readonly string[] {
  const waiting = operations.filter(({ state }) => state === 'needs_review');
  const conflicts = payments.filter(({ conflict }) => conflict !== null);
  return [
    ...waiting.map(({ payment, kind, reason }) => ({ payment, what: kind, reason })),
    ...conflicts.map(({ id, conflict }) => ({ payment: id, what: 'payment', reason: conflict })),
  ].map(({ payment, what, reason }) => {
    const because = wronged.has(payment) ? 'an answer of the gateway was wrong' : 'no good reason';
    return `${payment}: its ${what} waits for a person (${reason ?? 'no code'}): ${because}`;
  });
}

/** What belongs to one payment. */
interface Shelf {
  readonly operations: BookedOperation[];
  readonly history: BookedChange[];
  readonly told: string[];
  readonly made: Set<string>;
  readonly captures: Capture[];
  readonly entries: BookedEntry[];
  readonly isWronged: boolean;
}

type Shelves = (payment: string) => Shelf;

function shelve(books: Books): Shelves {
  const shelves = new Map<string, Shelf>();
  const of = (payment: string): Shelf => {
    const found = shelves.get(payment) ?? {
      operations: [],
      history: [],
      told: [],
      made: new Set<string>(),
      captures: [],
      entries: [],
      isWronged: books.wronged.has(payment),
    };
    shelves.set(payment, found);
    return found;
  };
  for (const one of books.operations) of(one.payment).operations.push(one);
  for (const one of books.history) of(one.payment).history.push(one);
  for (const one of books.events) of(one.payment).told.push(one.type);
  for (const one of books.made) of(one.payment).made.add(one.id);
  for (const one of books.captures) of(one.payment).captures.push(one);
  for (const one of books.ledger) of(one.payment).entries.push(one);
  return of;
}

function complaintsAbout(payment: BookedPayment, shelves: Shelves): readonly string[] {
  const shelf = shelves(payment.id);
  const { captures, made } = shelf;
  const sum = captures.reduce((total, { amount }) => total + amount, 0n);
  const about: string[] = [];
  const complain = (what: string, isWrong: boolean) => {
    if (isWrong) about.push(`${payment.id}: ${what}`);
  };
  complain(`${captures.length} captures`, captures.length > 1);
  complain('captured more than was asked for', sum > payment.amount);
  complain(`${made.size} payments at the gateway`, made.size > 1);
  const learnt = payment.providerId;
  complain('the gateway never made it', learnt !== null && !made.has(learnt));
  const { state } = payment;
  complain('paid without money', captures.length === 0 && state === 'paid');
  // Nothing more can be asked about a payment that a person has to look at.
  if (shelf.isWronged) return about;
  complain(`${payment.captured} stored, ${sum} captured`, payment.captured !== sum);
  complain(`captured and ${state}`, captures.length > 0 && state !== 'paid');
  complain(`conflict ${payment.conflict}`, payment.conflict !== null);
  complain('we never learnt its id at the gateway', made.size > 0 && learnt === null);
  const isIdle = !shelf.operations.some(isOpen);
  complain('initialized and nobody works on it', state === 'initialized' && isIdle);
  complain('money under way and never settled', state === 'processing');
  return [
    ...about,
    ...complaintsAboutOperations(payment, shelf),
    ...complaintsAboutHistory(payment, shelf),
  ];
}

function isOpen({ state }: BookedOperation): boolean {
  return state !== 'succeeded' && state !== 'refused';
}

/** None is left behind, and capture and cancel are one decision. */
function complaintsAboutOperations({ id }: BookedPayment, { operations }: Shelf) {
  const open = operations.filter(isOpen).map(({ kind, state, reason }) => {
    return `${id}: its ${kind} is ${state} (${reason ?? 'no code'})`;
  });
  const decisions = operations.filter(
    ({ kind, state }) => ['capture', 'cancel'].includes(kind) && state === 'succeeded',
  );
  if (decisions.length < 2) return open;
  return [...open, `${id}: ${decisions.map(({ kind }) => kind).join(' and ')} were carried out`];
}

/** The changes are a chain from the first to what is stored, and each of them was told. */
function complaintsAboutHistory({ id, state }: BookedPayment, { history, told }: Shelf) {
  const changes = history.toSorted((a, b) => a.seq - b.seq);
  const about: string[] = [];
  let before: string | null = null;
  for (const { from, to } of changes) {
    if (from !== before) about.push(`${id}: history goes from ${before} to ${to} by ${from}`);
    before = to;
  }
  if (before !== state) about.push(`${id}: ${state} without history`);
  const expected = changes.map(({ to }) => `payment.${to === 'initialized' ? 'created' : to}`);
  for (const type of new Set([...expected, ...told.filter((type) => STATE_EVENTS.has(type))])) {
    const times = told.filter((one) => one === type).length;
    const wanted = expected.filter((one) => one === type).length;
    if (times !== wanted) about.push(`${id}: ${type} was told ${times} times`);
  }
  return about;
}

/** Events that say nothing but a new state; others, such as `payment.approvable`, need no change of it. */
const STATE_EVENTS: ReadonlySet<string> = new Set(
  ['created', 'open', 'processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'].map(
    (word) => `payment.${word}`,
  ),
);

function complaintsAboutMoney(
  { payment, id, amount }: Capture,
  shelves: Shelves,
  facts: ReadonlySet<string>,
): readonly string[] {
  const { entries, isWronged } = shelves(payment);
  const booked = entries.filter(({ cause }) => cause.endsWith(`:${id}`));
  const about: string[] = [];
  if (booked.length > 1 || (booked.length === 0 && !isWronged)) {
    about.push(`capture ${id}: booked ${booked.length} times`);
  }
  if (!isWronged && !facts.has(id)) about.push(`capture ${id}: no fact`);
  const isWrong = booked.some((entry) => entry.amount !== amount);
  if (isWrong) about.push(`capture ${id}: booked with another amount`);
  return about;
}

function complaintsAboutEntries({ captures, ledger }: Books): readonly string[] {
  const money = new Map(captures.map(({ id, payment }) => [id, payment]));
  return ledger.flatMap(({ cause, payment }) => {
    const owner = money.get(cause.slice(cause.indexOf(':') + 1));
    if (owner === undefined) return [`ledger ${cause}: no money behind it`];
    return owner === payment ? [] : [`ledger ${cause}: of another payment`];
  });
}

/** Where the payment stands now must be a state that may follow the one that somebody was shown. */
function complaintsAboutPromise(
  { payment, state: before }: Promised,
  known: ReadonlyMap<string, BookedPayment>,
): readonly string[] {
  const now = known.get(payment);
  if (!now) return [`${payment}: we said ${before}, and it is lost`];
  if (canFollow({ before, state: now.state })) return [];
  return [`${payment}: we said ${before}, and it is ${now.state}`];
}

function complaintsAboutDue(
  { due, wronged }: Books,
  known: ReadonlyMap<string, BookedPayment>,
): readonly string[] {
  const unpaid = [...due].filter((id) => !wronged.has(id) && known.get(id)?.state !== 'paid');
  return unpaid.map((id) => `${id}: agreed to, to be approved by itself, and not paid`);
}

function strangers(books: Books, known: ReadonlyMap<string, BookedPayment>): readonly string[] {
  const unknown = [...books.made, ...books.captures].filter(({ payment }) => !known.has(payment));
  return unknown.map(({ payment, id }) => `${id} at the gateway belongs to ${payment}: lost`);
}

/** A create that certainly did nothing may be tried again as another payment; any other may not. */
function complaintsAboutOrders({ payments }: Books, shelves: Shelves): readonly string[] {
  const live = payments.filter(({ id }) =>
    shelves(id).operations.every(({ kind, state }) => kind !== 'create' || state !== 'refused'),
  );
  const counts = new Map<string, number>();
  for (const { order } of live) counts.set(order, (counts.get(order) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([order, count]) => `${order} became ${count} payments`);
}

function complaintsAboutNotifications(notifications: Notifications): readonly string[] {
  const { stored, delivered, acknowledged, premature, genuine } = notifications;
  const forged = [...delivered].filter((event) => !genuine.has(event));
  const lost = [...acknowledged].filter((event) => genuine.has(event) && !stored.has(event));
  return [
    ...forged.map((event) => `notification ${event}: stored, and no gateway sent it`),
    ...lost.map((event) => `notification ${event}: acknowledged, and not stored`),
    ...[...premature].map((event) => `notification ${event}: acknowledged before it was stored`),
  ];
}
