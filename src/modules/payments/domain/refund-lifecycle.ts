export const REFUND_STATES = ['pending', 'refunded', 'failed', 'canceled'] as const;

export type RefundState = (typeof REFUND_STATES)[number];

/**
 * Every way a refund can move. Money that went back although we had been told that it would not is a fact, so
 * `refunded` can follow an end; nothing follows `refunded`.
 */
export const REFUND_EDGES: Readonly<Record<RefundState, readonly RefundState[]>> = {
  pending: ['refunded', 'failed', 'canceled'],
  refunded: [],
  failed: ['refunded'],
  canceled: ['refunded'],
};

export type RefundMove = 'moved' | 'repeated' | 'illegal';

/** `repeated` is fine and changes nothing; `illegal` changes nothing and is reported. */
export function moveRefund(from: RefundState, to: RefundState): RefundMove {
  if (from === to) return 'repeated';
  return REFUND_EDGES[from].includes(to) ? 'moved' : 'illegal';
}
