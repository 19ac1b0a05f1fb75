import { audit, type Books, canFollow, reviews } from '../support/crash-auditor';

const account = 'paypal';

/** A payment that was paid, one that was canceled and one that waits for its payer; all is well. */
const right: Books = {
  payments: [
    {
      id: 'paid',
      order: 'Order 1',
      account,
      providerId: 'A',
      state: 'paid',
      amount: 10n,
      captured: 10n,
      conflict: null,
    },
    {
      id: 'canceled',
      order: 'Order 2',
      account,
      providerId: 'B',
      state: 'canceled',
      amount: 10n,
      captured: 0n,
      conflict: null,
    },
    {
      id: 'open',
      order: 'Order 3',
      account,
      providerId: 'C',
      state: 'open',
      amount: 10n,
      captured: 0n,
      conflict: null,
    },
  ],
  operations: [
    { payment: 'paid', kind: 'create', state: 'succeeded', reason: null },
    { payment: 'paid', kind: 'capture', state: 'succeeded', reason: null },
    { payment: 'open', kind: 'capture', state: 'refused', reason: 'INSTRUMENT_DECLINED' },
  ],
  facts: [{ payment: 'paid', ref: 'cap-A' }],
  ledger: [{ payment: 'paid', cause: 'paypal:cap-A', amount: 10n }],
  history: [
    ...['paid', 'canceled', 'open'].flatMap((payment) => [
      { payment, seq: 1, from: null, to: 'initialized' },
      { payment, seq: 2, from: 'initialized', to: 'open' },
    ]),
    { payment: 'paid', seq: 4, from: 'open', to: 'paid' },
    { payment: 'canceled', seq: 3, from: 'open', to: 'canceled' },
  ],
  events: [
    ...['paid', 'canceled', 'open'].flatMap((payment) => [
      { payment, type: 'payment.created' },
      { payment, type: 'payment.open' },
    ]),
    { payment: 'paid', type: 'payment.paid' },
    { payment: 'canceled', type: 'payment.canceled' },
  ],
  made: [
    { payment: 'paid', id: 'A' },
    { payment: 'canceled', id: 'B' },
    { payment: 'open', id: 'C' },
  ],
  captures: [{ payment: 'paid', id: 'cap-A', amount: 10n }],
  promises: [
    { payment: 'paid', state: 'paid' },
    { payment: 'canceled', state: 'canceled' },
    { payment: 'open', state: 'open' },
  ],
  wronged: new Set(),
  notifications: {
    stored: new Set(['paypal:E1', 'paypal:E2']),
    delivered: new Set(['paypal:E1']),
    acknowledged: new Set(['paypal:E1']),
    premature: new Set(),
    genuine: new Set(['paypal:E1', 'paypal:E2', 'paypal:E3']),
  },
  due: new Set(['paid']),
};

/** The books with one payment told otherwise. */
function telling(id: string, otherwise: Partial<Books['payments'][number]>): Books {
  const payments = right.payments.map((one) => (one.id === id ? { ...one, ...otherwise } : one));
  return { ...right, payments };
}

function withOperation(operation: Books['operations'][number]): Books {
  return { ...right, operations: [...right.operations, operation] };
}

function notified(otherwise: Partial<Books['notifications']>): Books {
  return { ...right, notifications: { ...right.notifications, ...otherwise } };
}

describe('the auditor of the crash tests', () => {
  it('finds nothing in books that are right', () => {
    expect(audit(right)).toEqual([]);
  });

  it.each<[string, Books, string]>([
    [
      'a second capture of a payment',
      { ...right, captures: [...right.captures, { payment: 'paid', id: 'cap-2', amount: 10n }] },
      'paid: 2 captures',
    ],
    [
      'money taken for a payment that was canceled',
      {
        ...right,
        captures: [...right.captures, { payment: 'canceled', id: 'cap-B', amount: 10n }],
      },
      'canceled: captured and canceled',
    ],
    [
      'money taken for a payment that we call open',
      { ...right, captures: [...right.captures, { payment: 'open', id: 'cap-C', amount: 10n }] },
      'open: captured and open',
    ],
    ['a payment called paid without money', { ...right, captures: [] }, 'paid: paid without money'],
    [
      'another amount stored than taken',
      telling('paid', { captured: 9n }),
      'paid: 9 stored, 10 captured',
    ],
    [
      'more taken than asked for',
      telling('paid', { amount: 9n }),
      'paid: captured more than was asked for',
    ],
    ['a conflict', telling('paid', { conflict: 'odd' }), 'paid: conflict odd'],
    ['money without a fact', { ...right, facts: [] }, 'capture cap-A: no fact'],
    ['money that was not booked', { ...right, ledger: [] }, 'capture cap-A: booked 0 times'],
    [
      'money that was booked twice',
      { ...right, ledger: [...right.ledger, ...right.ledger] },
      'capture cap-A: booked 2 times',
    ],
    [
      'money that was booked with another amount',
      { ...right, ledger: [{ payment: 'paid', cause: 'paypal:cap-A', amount: 1n }] },
      'capture cap-A: booked with another amount',
    ],
    [
      'money that was booked for another payment',
      { ...right, ledger: [{ payment: 'open', cause: 'paypal:cap-A', amount: 10n }] },
      'ledger paypal:cap-A: of another payment',
    ],
    [
      'a booking without money',
      { ...right, ledger: [...right.ledger, { payment: 'open', cause: 'paypal:x', amount: 1n }] },
      'ledger paypal:x: no money behind it',
    ],
    [
      'an operation that hangs',
      withOperation({ payment: 'open', kind: 'capture', state: 'unsettled', reason: 'timeout' }),
      'open: its capture is unsettled (timeout)',
    ],
    [
      'an operation that waits for a person',
      withOperation({ payment: 'open', kind: 'capture', state: 'needs_review', reason: 'timeout' }),
      'open: its capture is needs_review (timeout)',
    ],
    [
      'a payment that nobody works on',
      telling('open', { state: 'initialized' }),
      'open: initialized and nobody works on it',
    ],
    [
      'two payments at the gateway for one of ours',
      { ...right, made: [...right.made, { payment: 'open', id: 'D' }] },
      'open: 2 payments at the gateway',
    ],
    [
      'a payment whose id at the gateway we never learnt',
      telling('open', { providerId: null }),
      'open: we never learnt its id at the gateway',
    ],
    [
      'an id that the gateway never gave',
      telling('open', { providerId: 'Z' }),
      'open: the gateway never made it',
    ],
    [
      'a payment at the gateway that is none of ours',
      { ...right, made: [...right.made, { payment: 'gone', id: 'D' }] },
      'D at the gateway belongs to gone: lost',
    ],
    [
      'an acknowledged payment that is lost',
      { ...right, promises: [{ payment: 'gone', state: 'open' }] },
      'gone: we said open, and it is lost',
    ],
    [
      'an acknowledged end that is another one',
      { ...right, promises: [{ payment: 'open', state: 'paid' }] },
      'open: we said paid, and it is open',
    ],
    ['a state without history', { ...right, history: [] }, 'paid: paid without history'],
    [
      'a gap in the history',
      { ...right, history: right.history.filter(({ seq }) => seq !== 2) },
      'paid: history goes from initialized to paid by open',
    ],
    [
      'a change that was never told',
      { ...right, events: right.events.filter(({ type }) => type !== 'payment.paid') },
      'paid: payment.paid was told 0 times',
    ],
    [
      'a change that was told twice',
      { ...right, events: [...right.events, { payment: 'paid', type: 'payment.paid' }] },
      'paid: payment.paid was told 2 times',
    ],
    [
      'money that never arrives and never comes back',
      telling('open', { state: 'processing' }),
      'open: money under way and never settled',
    ],
    [
      'a payment that was both captured and canceled',
      withOperation({ payment: 'paid', kind: 'cancel', state: 'succeeded', reason: null }),
      'paid: capture and cancel were carried out',
    ],
    [
      'one order that became two payments',
      telling('canceled', { order: 'Order 1' }),
      'Order 1 became 2 payments',
    ],
    [
      'an event that no change led to',
      { ...right, events: [...right.events, { payment: 'open', type: 'payment.failed' }] },
      'open: payment.failed was told 1 times',
    ],
    [
      'a payment that was to be approved by itself and was not',
      { ...right, due: new Set(['open']) },
      'open: agreed to, to be approved by itself, and not paid',
    ],
    [
      'a forged notification that was stored',
      notified({ delivered: new Set(['paypal:E1', 'paypal:forged']) }),
      'notification paypal:forged: stored, and no gateway sent it',
    ],
    [
      'a notification that was acknowledged and lost',
      notified({ stored: new Set() }),
      'notification paypal:E1: acknowledged, and not stored',
    ],
    [
      'a notification that was acknowledged first and stored later',
      notified({ premature: new Set(['paypal:E1']) }),
      'notification paypal:E1: acknowledged before it was stored',
    ],
  ])('finds %s', (_, books, complaint) => {
    expect(audit(books)).toContain(complaint);
  });

  it('lets an order be tried again when its create certainly did nothing', () => {
    const order = { payment: 'canceled', kind: 'create', state: 'refused', reason: 'ECONNREFUSED' };
    const again = telling('canceled', { order: 'Order 1' });
    expect(audit({ ...again, operations: [...again.operations, order] })).toEqual([]);
  });

  it('leaves to a person what a gateway contradicted itself about, and says why', () => {
    const captured = [...right.captures, { payment: 'open', id: 'cap-C', amount: 10n }];
    const waiting = { payment: 'open', kind: 'capture', state: 'needs_review', reason: 'mismatch' };
    const books = { ...withOperation(waiting), captures: captured, wronged: new Set(['open']) };
    expect(audit(books)).toEqual([]);
    expect(reviews(books)).toEqual([
      'open: its capture waits for a person (mismatch): an answer of the gateway was wrong',
    ]);
  });

  it('excuses no money taken twice, not even where a gateway contradicted itself', () => {
    const twice = [...right.captures, { payment: 'paid', id: 'cap-2', amount: 10n }];
    const books = { ...right, captures: twice, wronged: new Set(['paid']) };
    expect(audit(books)).toContain('paid: 2 captures');
  });

  it.each([
    ['open', 'paid', true],
    ['open', 'open', true],
    ['initialized', 'paid', true],
    ['processing', 'failed', true],
    ['paid', 'open', false],
    ['open', 'initialized', false],
    ['canceled', 'paid', false],
  ])('says of %s and then %s: %s', (before, state, isPossible) => {
    expect(canFollow({ before, state })).toBe(isPossible);
  });
});
