import { type PaymentProvider } from '../../../src/providers/payment-provider';
import { type CallResult } from '../../../src/providers/provider-call';
import { eventually } from '../../support/http';
import { type ContractBench, done } from './bench';
import { type GatewayCall, type Mischief } from './gateway';
import { askedAfter } from './patience';

/** After these nobody knows what was done, whatever really happened. */
const UNKNOWN: readonly Mischief[] = [
  'error_before',
  'error_after',
  'drop_before',
  'drop_after',
  'garbage',
];

type Change = Exclude<GatewayCall, 'read' | 'find'>;

/** What is said after a call went wrong: never more than is known, and nothing is sent twice. */
export function troubleContract(bench: ContractBench, declared: PaymentProvider): void {
  describe.each(changesOf(declared))('trouble with %s', (change) => {
    it.each(UNKNOWN)('%s: nobody knows, and nothing is sent twice', async (mischief) => {
      const send = await prepare(bench, change);
      await bench.gateway.misbehave(change, mischief);
      expect(await send()).toMatchObject({ outcome: 'unknown' });
      expect(await bench.gateway.arrived(change)).toBe(1);
    });

    it('a limit on calls is a promise that nothing was done', async () => {
      const send = await prepare(bench, change);
      await bench.gateway.misbehave(change, 'rate_limit');
      const limited = await send();
      expect(limited).toMatchObject({ outcome: 'not_sent' });
      if (limited.outcome === 'not_sent') expect(limited.retryAfterS).toBeGreaterThan(0);
      expect(await send()).toMatchObject({ outcome: 'done' });
    });
  });

  it('an answer that comes too late is unknown', async () => {
    // What it needs before the call, such as an access token, it has by then, on a busy machine at a later try.
    await eventually(
      () => bench.provider.check(),
      ({ outcome }) => outcome === 'done',
    );
    await bench.gateway.misbehave('create', 'delay');
    const asked = askedAfter('delay', () => bench.provider.payments.create(bench.order()));
    expect(await asked).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'timeout' },
    });
  });

  it('an answer with another amount is shown as it came, or not believed', async () => {
    await bench.gateway.misbehave('create', 'wrong_amount');
    const order = bench.order();
    const result = await bench.provider.payments.create(order);
    if (result.outcome === 'done') expect(result.value.amount).not.toEqual(order.amount);
    else expect(result).toMatchObject({ outcome: 'unknown' });
  });

  it('a read that gets no answer is unknown, never "not found"', async () => {
    const { created } = await bench.create();
    for (const mischief of ['error_before', 'drop_before', 'garbage'] as const) {
      await bench.gateway.misbehave('read', mischief);
      const read = await bench.provider.payments.read(created.providerId);
      expect(read).toMatchObject({ outcome: 'unknown' });
    }
  });
}

/** Everything that this adapter may send to change something. */
function changesOf({ payments, refunds }: PaymentProvider): readonly Change[] {
  const all: Readonly<Record<Change, boolean>> = {
    create: true,
    capture: payments.capture !== undefined,
    cancel: payments.cancel !== undefined,
    refund: refunds !== undefined,
  };
  const changes: readonly Change[] = ['create', 'capture', 'cancel', 'refund'];
  return changes.filter((change) => all[change]);
}

/** Brings a payment to where the change makes sense; what comes back sends it. */
async function prepare(
  bench: ContractBench,
  change: Change,
): Promise<() => Promise<CallResult<unknown>>> {
  if (change === 'create') {
    const order = bench.order();
    return () => bench.provider.payments.create(order);
  }
  if (change === 'refund') {
    const { paid } = await bench.pay();
    const order = bench.refundOrder(paid);
    return () => bench.refunds.refund(order);
  }
  const made = await bench.create();
  if (change === 'cancel') return () => bench.cancel(made.created);
  await bench.gateway.press(made.created, 'pay');
  done(await bench.provider.payments.read(made.created.providerId));
  return () => bench.capture(made);
}
