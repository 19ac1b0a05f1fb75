import {
  INVOICE_ACTIONS,
  INVOICE_STATES,
  INVOICE_TRIGGERS,
  isAllowed,
  move,
} from './invoice-lifecycle';

describe('an invoice', () => {
  it('moves along these edges and no other', () => {
    const edges = INVOICE_STATES.flatMap((from) =>
      INVOICE_TRIGGERS.flatMap((trigger) => {
        const to = move(from, trigger);
        return to === null ? [] : [`${from} -${trigger}-> ${to}`];
      }),
    );
    expect(edges).toEqual([
      'draft -issue-> issued',
      'issued -settle-> paid',
      'issued -credit-> credited',
      'paid -credit-> credited',
    ]);
  });

  it('is edited, deleted and issued as a draft only, paid once issued, credited until nothing is left', () => {
    const allowed = INVOICE_STATES.map((state) =>
      INVOICE_ACTIONS.filter((action) => isAllowed(action, { kind: 'invoice', state })),
    );
    expect(allowed).toEqual([['edit', 'delete', 'issue'], ['pay', 'credit'], ['credit'], []]);
  });

  it('allows nothing any more as a credit note', () => {
    const kind = 'credit_note' as const;
    for (const state of INVOICE_STATES) {
      expect(INVOICE_ACTIONS.filter((action) => isAllowed(action, { kind, state }))).toEqual([]);
    }
  });
});
