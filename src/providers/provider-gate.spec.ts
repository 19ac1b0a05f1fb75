import { CallGate } from './provider-gate';
import { type ProviderReply } from './provider-reply';

const write = { lane: 'write', timeoutMs: 15_000 } as const;
const trouble = { code: 'timeout', message: 'No answer.', reference: null };
const silence: ProviderReply = { kind: 'unknown', trouble };
const answer: ProviderReply = { kind: 'answer', status: 200, body: {}, headers: {} };

/** A call that ends when the test says so. */
function slowCall() {
  let end: (reply: ProviderReply) => void = () => undefined;
  const reply = new Promise<ProviderReply>((resolve) => (end = resolve));
  return { call: () => reply, end };
}

async function openedGate(): Promise<CallGate> {
  const gate = new CallGate();
  for (let i = 0; i < 10; i++) await gate.pass(write, () => Promise.resolve(silence));
  return gate;
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('the gate of an account that stopped answering', () => {
  it('says how long calls are kept back', async () => {
    const gate = await openedGate();
    expect(gate.pausedForS()).toBe(5);
    jest.advanceTimersByTime(1_500);
    expect(gate.pausedForS()).toBe(4);
    jest.advanceTimersByTime(3_500);
    expect(gate.pausedForS()).toBe(0);
  });

  it('lets one call through to look and keeps the others back at once', async () => {
    const gate = await openedGate();
    jest.advanceTimersByTime(5_000);
    const look = slowCall();
    const looking = gate.pass(write, look.call);
    expect(gate.pausedForS()).toBe(1);
    const second = jest.fn(() => Promise.resolve(answer));
    expect(await gate.pass(write, second)).toMatchObject({
      kind: 'not_sent',
      trouble: { code: 'circuit_open' },
      retryAfterS: 1,
    });
    expect(second).not.toHaveBeenCalled();
    look.end(answer);
    expect(await looking).toBe(answer);
    expect(gate.pausedForS()).toBe(0);
    expect(await gate.pass(write, second)).toBe(answer);
  });

  it('pauses again when that call meets silence, too', async () => {
    const gate = await openedGate();
    jest.advanceTimersByTime(5_000);
    expect(await gate.pass(write, () => Promise.resolve(silence))).toBe(silence);
    expect(gate.pausedForS()).toBe(5);
    const next = jest.fn(() => Promise.resolve(answer));
    expect(await gate.pass(write, next)).toMatchObject({ kind: 'not_sent' });
    expect(next).not.toHaveBeenCalled();
  });
});
