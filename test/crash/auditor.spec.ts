import { audit, type Books } from '../support/crash-auditor';

/** A payment that was paid, one that was canceled and one that waits for its payer; all is well. */
const right: Books = {
  payments: [
    { id: 'paid', providerId: 'A', state: 'paid', amount: 10n, captured: 10n, conflict: null },
    {
      id: 'canceled',
      providerId: 'B',
      state: 'canceled',
      amount: 10n,
      captured: 0n,
      conflict: null,
    },
    { id: 'open', providerId: 'C', state: 'open', amount: 10n, captured: 0n, conflict: null },
  ],
  operations: [
    { payment: 'paid', kind: 'create', state: 'succeeded' },
    { payment: 'paid', kind: 'capture', state: 'succeeded' },
    { payment: 'open', kind: 'capture', state: 'refused' },
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
};

/** The books with one payment told otherwise. */
function telling(id: string, otherwise: Partial<Books['payments'][number]>): Books {
  const payments = right.payments.map((one) => (one.id === id ? { ...one, ...otherwise } : one));
  return { ...right, payments };
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
      { ...right, operations: [{ payment: 'open', kind: 'capture', state: 'unsettled' }] },
      'open: its capture is unsettled',
    ],
    [
      'an operation that waits for a person',
      { ...right, operations: [{ payment: 'open', kind: 'capture', state: 'needs_review' }] },
      'open: its capture is needs_review',
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
  ])('finds %s', (_, books, complaint) => {
    expect(audit(books)).toContain(complaint);
  });
});
