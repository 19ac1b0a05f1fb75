import {
  CHARGEBACK_EDGES,
  CHARGEBACK_STATES,
  CHARGEBACK_TRIGGERS,
  moveChargeback,
  TRIGGER_TO,
} from './chargeback-lifecycle';

describe('the life of a chargeback', () => {
  it.each([
    ['open', 'open', null],
    ['open', 'lose', 'lost'],
    ['open', 'win', 'won'],
    ['lost', 'open', 'open'],
    ['lost', 'lose', null],
    ['lost', 'win', 'won'],
    ['won', 'open', 'open'],
    ['won', 'lose', 'lost'],
    ['won', 'win', null],
  ] as const)('from %s by %s goes to %s', (from, trigger, to) => {
    expect(moveChargeback(from, trigger)).toBe(to);
  });

  it('has a trigger for every state, and every edge leads where its trigger says', () => {
    const targets = CHARGEBACK_STATES.map((state) => [TRIGGER_TO[state], state] as const);
    expect(targets.map(([trigger]) => trigger).sort()).toEqual([...CHARGEBACK_TRIGGERS].sort());
    const leadsTo = new Map(targets);
    for (const edges of Object.values(CHARGEBACK_EDGES)) {
      for (const trigger of CHARGEBACK_TRIGGERS) {
        expect([undefined, leadsTo.get(trigger)]).toContain(edges[trigger]);
      }
    }
  });
});
