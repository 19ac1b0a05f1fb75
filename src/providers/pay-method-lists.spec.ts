import { type CallResult } from './provider-call';
import { PayMethodLists } from './pay-method-lists';
import { type ProviderPayMethod } from './provider-parts';

type Answer = CallResult<readonly ProviderPayMethod[]>;

const done = (id: string): Answer => ({
  outcome: 'done',
  value: [{ id, name: id, currencies: ['EUR'], minimum: null, maximum: null }],
});

const silence: Answer = {
  outcome: 'unknown',
  trouble: { code: 'timeout', message: 'No answer.', reference: null },
};

/** An account that gives these answers in turn and the last one from then on, each after so long. */
function accountWith(tookMs: number, ...answers: readonly [Answer, ...Answer[]]) {
  let calls = 0;
  const list = async (): Promise<Answer> => {
    const answer = answers[Math.min(calls++, answers.length - 1)] ?? answers[0];
    await new Promise((resolve) => setTimeout(resolve, tookMs));
    return answer;
  };
  return { account: 'paypro', payMethods: { list }, calls: () => calls };
}

type Account = ReturnType<typeof accountWith>;

/** What creating a payment is told, and how long it waited. */
async function recent(lists: PayMethodLists, account: Account) {
  const startedMs = performance.now();
  const asked = lists.recent([account]).then((found) => ({
    ids: found.get('paypro')?.map(({ id }) => id) ?? null,
    waitedMs: performance.now() - startedMs,
  }));
  await jest.advanceTimersByTimeAsync(10_000);
  return asked;
}

describe('the remembered pay methods of an account', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are asked for once in five minutes', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(0, done('ideal'), done('bancontact'));
    expect(await recent(lists, account)).toMatchObject({ ids: ['ideal'] });
    await jest.advanceTimersByTimeAsync(280_000);
    expect(await recent(lists, account)).toMatchObject({ ids: ['ideal'] });
    expect(account.calls()).toBe(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await recent(lists, account)).toMatchObject({ ids: ['bancontact'] });
  });

  it('are renewed by every live look', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(0, done('ideal'), done('bancontact'));
    await recent(lists, account);
    const live = lists.read('paypro', account.payMethods);
    await jest.advanceTimersByTimeAsync(1);
    expect(await live).toEqual(done('bancontact'));
    expect(await recent(lists, account)).toMatchObject({ ids: ['bancontact'] });
    expect(account.calls()).toBe(2);
  });

  it('survive a live look without an answer', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(0, done('ideal'), silence);
    await recent(lists, account);
    const live = lists.read('paypro', account.payMethods);
    await jest.advanceTimersByTimeAsync(1);
    expect(await live).toEqual(silence);
    expect(await recent(lists, account)).toMatchObject({ ids: ['ideal'] });
  });

  it('are missing for ten seconds after a look without an answer', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(0, silence, done('ideal'));
    const first = lists.recent([account]);
    await jest.advanceTimersByTimeAsync(9_000);
    expect((await first).size).toBe(0);
    const second = lists.recent([account]);
    await jest.advanceTimersByTimeAsync(0);
    expect((await second).size).toBe(0);
    expect(account.calls()).toBe(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await recent(lists, account)).toMatchObject({ ids: ['ideal'] });
  });

  it('are waited for two seconds at most, and known once the late answer is there', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(5_000, done('ideal'));
    expect(await recent(lists, account)).toEqual({ ids: null, waitedMs: 2_000 });
    expect(await recent(lists, account)).toEqual({ ids: ['ideal'], waitedMs: 0 });
    expect(account.calls()).toBe(1);
  });

  it('are asked for by one call for all who come at the same time', async () => {
    const lists = new PayMethodLists();
    const account = accountWith(500, done('ideal'));
    const asked = Promise.all([
      lists.read('paypro', account.payMethods),
      lists.read('paypro', account.payMethods),
      lists.recent([account]),
    ]);
    await jest.advanceTimersByTimeAsync(500);
    await asked;
    expect(account.calls()).toBe(1);
  });

  it('are left out for an account that lists none', async () => {
    expect((await new PayMethodLists().recent([{ account: 'paypal' }])).size).toBe(0);
  });
});
