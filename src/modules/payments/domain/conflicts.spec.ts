import { type Finding, findingOf, type KnownConflict, planConflicts, shownOf } from './conflicts';

const LATE = 'paid_after_canceled';
const WRONG = 'amount_mismatch';
const TWICE = 'refunded_twice';

const finding = (code: string, evidence = 'as it is', about = ''): Finding => ({
  code,
  about,
  evidence,
});

const known = (
  code: string,
  state: KnownConflict['state'] = 'open',
  others: Partial<KnownConflict> = {},
): KnownConflict => ({ id: `${code}-1`, code, about: '', evidence: 'as it is', state, ...others });

const RIGHT = { findings: [], isRight: true };
const seeing = (...findings: Finding[]) => ({ findings, isRight: false });

describe('the plan for what a reading shows', () => {
  it('keeps, and shows, what is found first', () => {
    const plan = planConflicts({ shown: null, known: [] }, seeing(finding(LATE)));
    expect(plan).toEqual({
      found: [finding(LATE)],
      adopted: null,
      ended: [],
      shown: LATE,
      isChanged: true,
    });
  });

  it('changes nothing where the same is found by the same evidence', () => {
    const plan = planConflicts({ shown: LATE, known: [known(LATE)] }, seeing(finding(LATE)));
    expect(plan).toMatchObject({ found: [], ended: [], shown: LATE, isChanged: false });
  });

  it.each([
    ['other evidence', finding(LATE, 'more')],
    ['something else of the payment', finding(LATE, 'as it is', 'ref_2')],
    ['something else', finding(TWICE)],
  ])('keeps %s beside what is open, and goes on showing that', (_what, other) => {
    const plan = planConflicts({ shown: LATE, known: [known(LATE)] }, seeing(other));
    expect(plan).toMatchObject({ found: [other], ended: [], shown: LATE });
  });

  it('keeps all that one reading shows', () => {
    const both = [finding(TWICE, 'a', 'ref_2'), finding('refunded_more_than_captured', 'b')];
    const plan = planConflicts({ shown: null, known: [] }, seeing(...both));
    expect(plan).toMatchObject({ found: both, shown: TWICE });
  });

  it.each([
    ['a person closed, by the same evidence', known(LATE, 'closed_by_person'), LATE, false],
    [
      'a person closed, by other evidence',
      known(LATE, 'closed_by_person', { evidence: 'less' }),
      LATE,
      true,
    ],
    ['a reading ended, by the same evidence', known(WRONG, 'ended_by_reading'), WRONG, true],
    ['a person closed on a payment that has ended', known(WRONG, 'closed_by_person'), WRONG, false],
  ])('finds what %s: %#', (_what, before, code, isFound) => {
    const plan = planConflicts({ shown: null, known: [before] }, seeing(finding(code)));
    expect(plan.found).toEqual(isFound ? [finding(code)] : []);
    expect(plan.shown).toBe(isFound ? code : null);
  });

  it('judges by the latest of a kind: what comes back after something else is found anew', () => {
    const before = [
      known(LATE, 'closed_by_person', { evidence: '12' }),
      known(LATE, 'closed_by_person', { evidence: '14' }),
    ];
    expect(
      planConflicts({ shown: null, known: before }, seeing(finding(LATE, '14'))).found,
    ).toEqual([]);
    const back = planConflicts({ shown: null, known: before }, seeing(finding(LATE, '12')));
    expect(back.found).toEqual([finding(LATE, '12')]);
  });

  it('finds what a person closed again where the provider had shown something else', () => {
    const before = [known(LATE, 'closed_by_person')];
    const back = { ...finding(LATE), isAnew: true };
    expect(planConflicts({ shown: null, known: before }, seeing(back)).found).toEqual([
      finding(LATE),
    ]);
    const open = planConflicts({ shown: LATE, known: [known(LATE)] }, seeing(back));
    expect(open.found).toEqual([]);
  });

  it('does not take turns between two findings that are open', () => {
    const both = [known(LATE), known(LATE, 'open', { evidence: 'more' })];
    for (const evidence of ['as it is', 'more']) {
      const plan = planConflicts({ shown: LATE, known: both }, seeing(finding(LATE, evidence)));
      expect(plan.isChanged).toBe(false);
    }
  });

  it('does not take turns between two refunds that show the same', () => {
    const before = [
      known(TWICE, 'closed_by_person', { about: 'ref_1', evidence: 'a' }),
      known(TWICE, 'closed_by_person', { about: 'ref_2', evidence: 'b' }),
    ];
    const again = seeing(finding(TWICE, 'a', 'ref_1'));
    expect(planConflicts({ shown: null, known: before }, again).found).toEqual([]);
  });
});

describe('a right reading', () => {
  it('ends wrong readings, and shows what is about money', () => {
    const both = [known(WRONG), known(LATE)];
    const plan = planConflicts({ shown: LATE, known: both }, RIGHT);
    expect(plan).toMatchObject({ found: [], ended: [`${WRONG}-1`], shown: LATE, isChanged: true });
  });

  it('ends nothing about money', () => {
    const plan = planConflicts({ shown: LATE, known: [known(LATE)] }, RIGHT);
    expect(plan).toMatchObject({ ended: [], shown: LATE, isChanged: false });
  });

  it('ends no wrong reading that it shows again, but one that it shows otherwise', () => {
    const code = 'authorized_amount_mismatch';
    const stored = { shown: code, known: [known(code)] };
    const same = { findings: [finding(code)], isRight: true };
    expect(planConflicts(stored, same)).toMatchObject({ found: [], ended: [], shown: code });
    const other = { findings: [finding(code, 'less')], isRight: true };
    expect(planConflicts(stored, other)).toMatchObject({
      found: [finding(code, 'less')],
      ended: [`${code}-1`],
      shown: code,
    });
  });
});

describe('a conflict from before they were kept', () => {
  const old = known(TWICE, 'open', { evidence: null });

  it('is what is found about the payment as a whole, while it is open', () => {
    const plan = planConflicts({ shown: TWICE, known: [old] }, seeing(finding(TWICE, 'a')));
    expect(plan.isChanged).toBe(false);
  });

  it('is not what is found about a refund', () => {
    const other = finding(TWICE, 'a', 'ref_1');
    const plan = planConflicts({ shown: TWICE, known: [old] }, seeing(other));
    expect(plan).toMatchObject({ found: [other], shown: TWICE });
  });

  it('says nothing of its code once it is closed', () => {
    const closed = { ...old, state: 'closed_by_person' } as const;
    const plan = planConflicts({ shown: null, known: [closed] }, seeing(finding(TWICE)));
    expect(plan.found).toHaveLength(1);
  });

  it('is kept where only the payment tells of it, unless the reading ends it', () => {
    const plan = planConflicts({ shown: LATE, known: [] }, RIGHT);
    expect(plan).toMatchObject({ found: [], adopted: LATE, shown: LATE, isChanged: true });
  });

  it('is shown again where the payment does not tell of it', () => {
    const plan = planConflicts({ shown: null, known: [known(LATE)] }, seeing(finding(LATE)));
    expect(plan).toMatchObject({ found: [], shown: LATE, isChanged: true });
  });

  it('is ended where only the payment tells of it', () => {
    const plan = planConflicts({ shown: WRONG, known: [] }, RIGHT);
    expect(plan).toMatchObject({ found: [], adopted: null, shown: null, isChanged: true });
  });
});

describe('what a payment shows', () => {
  it.each([
    [[], null],
    [[WRONG], WRONG],
    [[WRONG, LATE, TWICE], LATE],
    [['payer_mismatch', WRONG], 'payer_mismatch'],
  ])('of %j is %s', (codes, shown) => {
    expect(shownOf(codes.map((code) => ({ code })))).toBe(shown);
  });
});

describe('evidence', () => {
  it('is what the database gives back as it took it', () => {
    const { about, evidence } = findingOf({
      code: WRONG,
      about: 'C\0A\uD800',
      evidence: 'x'.repeat(1_000),
    });
    expect(about).toBe('CA\uFFFD');
    expect(evidence).toHaveLength(300);
  });
});
