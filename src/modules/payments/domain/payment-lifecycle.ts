/** Where a payment stands. The words are the API's; `docs/architecture.md` draws them. */
export const PAYMENT_STATES = [
  'initialized',
  'open',
  'processing',
  'authorized',
  'paid',
  'canceled',
  'expired',
  'failed',
] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

/** What can happen to a payment. */
export const PAYMENT_TRIGGERS = [
  'open',
  'process',
  'authorize',
  'pay',
  'cancel',
  'expire',
  'fail',
] as const;

export type PaymentTrigger = (typeof PAYMENT_TRIGGERS)[number];

type Edges = Readonly<Partial<Record<PaymentTrigger, PaymentState>>>;

/**
 * Every edge there is. Nothing leaves an end state but money: a capture that the provider holds for a payment
 * that had ended here makes it `paid`, whatever we thought before.
 */
export const PAYMENT_EDGES: Readonly<Record<PaymentState, Edges>> = {
  initialized: {
    open: 'open',
    process: 'processing',
    authorize: 'authorized',
    pay: 'paid',
    cancel: 'canceled',
    expire: 'expired',
    fail: 'failed',
  },
  open: {
    process: 'processing',
    authorize: 'authorized',
    pay: 'paid',
    cancel: 'canceled',
    expire: 'expired',
    fail: 'failed',
  },
  // A hold that the provider still checks is processing before it stands, and captures of one that is over after it.
  processing: { authorize: 'authorized', pay: 'paid', expire: 'expired', fail: 'failed' },
  authorized: {
    process: 'processing',
    pay: 'paid',
    cancel: 'canceled',
    expire: 'expired',
    fail: 'failed',
  },
  paid: {},
  canceled: { pay: 'paid' },
  expired: { pay: 'paid' },
  failed: { pay: 'paid' },
};

/** Where each trigger leads, wherever it is legal. */
const TARGETS: Readonly<Record<PaymentTrigger, PaymentState>> = {
  open: 'open',
  process: 'processing',
  authorize: 'authorized',
  pay: 'paid',
  cancel: 'canceled',
  expire: 'expired',
  fail: 'failed',
};

export type Move =
  | { readonly kind: 'moved'; readonly from: PaymentState; readonly to: PaymentState }
  /** It is there already: fine. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'illegal' };

export function move(from: PaymentState, trigger: PaymentTrigger): Move {
  const to = PAYMENT_EDGES[from][trigger];
  if (to !== undefined) return { kind: 'moved', from, to };
  return TARGETS[trigger] === from ? { kind: 'repeated' } : { kind: 'illegal' };
}

/** Ended without money; only a late capture can still change that. */
export function isEnded(state: PaymentState): boolean {
  return state === 'canceled' || state === 'expired' || state === 'failed';
}

/** A caller may cancel from here. */
export function isCancelable(state: PaymentState): boolean {
  return 'cancel' in PAYMENT_EDGES[state];
}
