/** What of a payment's money can still go back, in minor units of its currency. */
export interface RefundRoomState {
  readonly captured: bigint;
  readonly refunded: bigint;
  /** Held back for refunds that are under way. */
  readonly reserved: bigint;
  /** What chargebacks have taken. */
  readonly chargedBack: bigint;
  /** The captures that took the money, oldest first, and what is left of each. */
  readonly captures: readonly { readonly ref: string; readonly left: bigint }[];
}

export type RefundChoice =
  | { readonly kind: 'fits'; readonly amount: bigint; readonly captureRef: string }
  | { readonly kind: 'nothing_left' }
  | { readonly kind: 'too_much'; readonly left: bigint }
  /** There is enough, but not in one capture, and a refund comes from one. */
  | { readonly kind: 'in_parts'; readonly most: bigint };

/** Which capture a refund comes from; null for the amount means all that is left. */
export function chooseRefund(room: RefundRoomState, wanted: bigint | null): RefundChoice {
  const left = room.captured - room.refunded - room.reserved - room.chargedBack;
  if (left <= 0n) return { kind: 'nothing_left' };
  const amount = wanted ?? left;
  if (amount > left) return { kind: 'too_much', left };
  const capture = room.captures.find((one) => one.left >= amount);
  if (capture) return { kind: 'fits', amount, captureRef: capture.ref };
  const most = room.captures.reduce((max, one) => (one.left > max ? one.left : max), 0n);
  return most > 0n ? { kind: 'in_parts', most } : { kind: 'nothing_left' };
}
