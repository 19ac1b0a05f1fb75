import { CallBulkhead, type CallTicket } from './provider-bulkhead';

const read: CallTicket = { lane: 'read', timeoutMs: 8_000 };
const write: CallTicket = { lane: 'write', timeoutMs: 15_000 };

/** Calls that begin and hang until the test ends them; says how many began. */
function hangingCalls(bulkhead: CallBulkhead) {
  const ends: (() => void)[] = [];
  const start = (ticket: CallTicket, times: number) =>
    Array.from({ length: times }, () =>
      bulkhead.pass(ticket, () => new Promise<void>((resolve) => ends.push(() => resolve()))),
    );
  return { start, begun: () => ends.length, endAll: () => ends.splice(0).forEach((end) => end()) };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('the calls to one account', () => {
  it('are twenty at a time; the others begin as places come free', async () => {
    const bulkhead = new CallBulkhead();
    const { start, begun, endAll } = hangingCalls(bulkhead);
    const all = start(write, 25);
    expect(begun()).toBe(20);
    endAll();
    await jest.advanceTimersByTimeAsync(1);
    expect(begun()).toBe(5);
    endAll();
    expect(await Promise.all(all)).toEqual(Array(25).fill({ passed: true, value: undefined }));
  });

  it('are fifteen reads at most, so that money never waits behind them', async () => {
    const bulkhead = new CallBulkhead();
    const { start, begun } = hangingCalls(bulkhead);
    void start(read, 100);
    expect(begun()).toBe(15);
    void start(write, 5);
    expect(begun()).toBe(20);
    expect(bulkhead.isFull()).toBe(false);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(begun()).toBe(20);
    expect(bulkhead.isFull()).toBe(false);
  });

  it('wait two seconds for a place and were never begun then', async () => {
    const bulkhead = new CallBulkhead();
    const { start, begun, endAll } = hangingCalls(bulkhead);
    void start(write, 20);
    const late = jest.fn(() => Promise.resolve());
    const passage = bulkhead.pass(write, late);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await passage).toEqual({ passed: false });
    expect(bulkhead.isFull()).toBe(true);
    endAll();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(late).not.toHaveBeenCalled();
    expect(begun()).toBe(0);
    expect(bulkhead.isFull()).toBe(false);
  });

  it('wait no longer than half of their time', async () => {
    const bulkhead = new CallBulkhead();
    void hangingCalls(bulkhead).start(write, 20);
    const passage = bulkhead.pass({ lane: 'write', timeoutMs: 100 }, () => Promise.resolve());
    await jest.advanceTimersByTimeAsync(50);
    expect(await passage).toEqual({ passed: false });
  });

  it('are turned away at once when two hundred wait already', async () => {
    const bulkhead = new CallBulkhead();
    const { start } = hangingCalls(bulkhead);
    void start(write, 219);
    expect(bulkhead.isFull()).toBe(false);
    void start(write, 1);
    expect(bulkhead.isFull()).toBe(true);
    expect(await bulkhead.pass(write, () => Promise.resolve())).toEqual({ passed: false });
  });

  it('hand on what a call throws, and its place with it', async () => {
    const bulkhead = new CallBulkhead();
    const broken = () => Promise.reject(new Error('broken'));
    for (let i = 0; i < 21; i++)
      await expect(bulkhead.pass(write, broken)).rejects.toThrow('broken');
  });
});
