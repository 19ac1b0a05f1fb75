import { chooseRefund, type RefundRoomState } from './refund-room';

const room: RefundRoomState = {
  captured: 1000n,
  refunded: 300n,
  reserved: 200n,
  chargedBack: 0n,
  captures: [{ ref: 'C1', left: 500n }],
};
const parts: RefundRoomState = {
  captured: 1000n,
  refunded: 0n,
  reserved: 0n,
  chargedBack: 0n,
  captures: [
    { ref: 'C1', left: 400n },
    { ref: 'C2', left: 600n },
  ],
};

describe('the room for a refund', () => {
  it.each([
    [
      'all that is left when no amount is said',
      null,
      { kind: 'fits', amount: 500n, captureRef: 'C1' },
    ],
    ['exactly what is left', 500n, { kind: 'fits', amount: 500n, captureRef: 'C1' }],
    ['not a cent more, counting what is under way', 501n, { kind: 'too_much', left: 500n }],
  ] as const)('is %s', (_, wanted, choice) => {
    expect(chooseRefund(room, wanted)).toEqual(choice);
  });

  it('is none when all of it went back or is going back', () => {
    expect(chooseRefund({ ...room, reserved: 700n }, null)).toEqual({ kind: 'nothing_left' });
    expect(chooseRefund({ ...room, refunded: 1200n }, 1n)).toEqual({ kind: 'nothing_left' });
  });

  it('is less by what chargebacks have taken', () => {
    const left = { ...room, chargedBack: 400n };
    expect(chooseRefund(left, null)).toMatchObject({ kind: 'fits', amount: 100n });
    expect(chooseRefund(left, 101n)).toEqual({ kind: 'too_much', left: 100n });
    expect(chooseRefund({ ...room, chargedBack: 1000n }, 1n)).toEqual({ kind: 'nothing_left' });
  });

  it('is that of one capture, the first with enough', () => {
    expect(chooseRefund(parts, 400n)).toEqual({ kind: 'fits', amount: 400n, captureRef: 'C1' });
    expect(chooseRefund(parts, 401n)).toEqual({ kind: 'fits', amount: 401n, captureRef: 'C2' });
    expect(chooseRefund(parts, 700n)).toEqual({ kind: 'in_parts', most: 600n });
    expect(chooseRefund(parts, null)).toEqual({ kind: 'in_parts', most: 600n });
  });

  it('is that of the other capture where a chargeback took one, or more than that', () => {
    for (const left of [0n, -100n]) {
      const other = { ref: 'C2', left: 600n };
      const taken = { ...parts, chargedBack: 400n - left, captures: [{ ref: 'C1', left }, other] };
      expect(chooseRefund(taken, 500n)).toEqual({ kind: 'fits', amount: 500n, captureRef: 'C2' });
    }
  });

  it('is none where no capture has anything left, whatever the sums say', () => {
    const empty = { ...room, captures: [{ ref: 'C1', left: 0n }] };
    expect(chooseRefund(empty, 100n)).toEqual({ kind: 'nothing_left' });
  });
});
