import {
  isCancelable,
  isEnded,
  move,
  PAYMENT_STATES,
  PAYMENT_TRIGGERS,
  type PaymentState,
} from './payment-lifecycle';

/** The whole table by hand, once more: m = moved, r = repeated, i = illegal. */
const EXPECTED: Readonly<Record<PaymentState, string>> = {
  // open, process, authorize, pay, cancel, expire, fail
  initialized: 'mmmmmmm',
  open: 'rmmmmmm',
  processing: 'irmmimm',
  authorized: 'imrmmmm',
  paid: 'iiiriii',
  canceled: 'iiimrii',
  expired: 'iiimiri',
  failed: 'iiimiir',
};

describe('the payment lifecycle', () => {
  const pairs = PAYMENT_STATES.flatMap((state) =>
    PAYMENT_TRIGGERS.map((trigger, index) => [state, trigger, EXPECTED[state][index]] as const),
  );

  it.each(pairs)('from %s, %s is %s', (state, trigger, expected) => {
    expect(move(state, trigger).kind.charAt(0)).toBe(expected);
  });

  it('lets only money leave an end state', () => {
    for (const state of PAYMENT_STATES.filter(isEnded)) {
      const leaving = PAYMENT_TRIGGERS.filter((trigger) => move(state, trigger).kind === 'moved');
      expect(leaving).toEqual(['pay']);
      expect(move(state, 'pay')).toEqual({ kind: 'moved', from: state, to: 'paid' });
    }
  });

  it('can be canceled only before money moves', () => {
    expect(PAYMENT_STATES.filter(isCancelable)).toEqual(['initialized', 'open', 'authorized']);
  });

  it('never leaves paid', () => {
    expect(PAYMENT_TRIGGERS.filter((trigger) => move('paid', trigger).kind === 'moved')).toEqual(
      [],
    );
  });
});
