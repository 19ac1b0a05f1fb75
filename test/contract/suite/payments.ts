import { type PaymentProvider } from '../../../src/providers/payment-provider';
import { Money } from '../../../src/shared/money/money';
import { type ContractBench, done } from './bench';

/** The life of a payment where nothing goes wrong. */
export function paymentContract(bench: ContractBench, declared: PaymentProvider): void {
  describe('creating', () => {
    it('gives a place to pay at, and carries our reference', async () => {
      const { order, created } = await bench.create();
      expect(created).toMatchObject({
        state: 'open',
        amount: order.amount,
        reference: order.reference,
        payerAgreed: false,
        captures: [],
        paidAt: null,
      });
      expect(created.checkoutUrl).toMatch(/^https?:\/\/\S+$/);
      const read = await bench.read(created);
      expect(read).toEqual({ ...created, raw: read.raw });
      expect(await bench.gateway.heldFor(order.reference)).toBe(1);
    });

    it('needs nothing but an amount and, where it says so, addresses', async () => {
      const { needsReturnUrls } = declared.capabilities;
      const bare = { description: null, payMethods: [], locale: null };
      const { created } = await bench.create(
        needsReturnUrls ? bare : { ...bare, returnUrl: null, cancelUrl: null },
      );
      expect(created).toMatchObject({ state: 'open', amount: bench.subject.amount });
    });

    it.each(amountsOf(bench, declared))('brings %s there and back', async (_text, amount) => {
      const { created } = await bench.create({ amount });
      expect(created.amount).toEqual(amount);
      expect((await bench.read(created)).amount).toEqual(amount);
    });

    if (declared.capabilities.repeat.createMs > 0) {
      it('again with the same key is one payment, also after a lost answer', async () => {
        const order = bench.order();
        await bench.gateway.misbehave('create', 'drop_after');
        expect(await bench.provider.payments.create(order)).toMatchObject({ outcome: 'unknown' });
        const second = done(await bench.provider.payments.create(order));
        const third = done(await bench.provider.payments.create(order));
        expect(third.providerId).toBe(second.providerId);
        expect(await bench.gateway.heldFor(order.reference)).toBe(1);
      });
    }
  });

  describe('reading', () => {
    it('finds nothing under an id that was never given', async () => {
      const read = await bench.provider.payments.read(bench.subject.neverGiven.payment);
      expect(read).toMatchObject({ outcome: 'not_found' });
    });

    it('is loudly unknown for a new word', async () => {
      const { created } = await bench.create();
      await bench.gateway.misbehave('read', 'unknown_state');
      const now = await bench.read(created);
      expect(now).toMatchObject({ state: 'unknown', captures: [], checkoutUrl: null });
      expect(now.providerState).not.toBe(created.providerState);
    });

    it('shows another amount as it came, so that the caller can compare', async () => {
      const { created } = await bench.create();
      await bench.gateway.misbehave('read', 'wrong_amount');
      expect((await bench.read(created)).amount).not.toEqual(created.amount);
    });
  });

  if (declared.capabilities.approve === 'capture') capturing(bench, declared);
  else readingBack(bench);
  if (declared.payments.cancel) canceling(bench, declared);
  if (declared.payments.find) finding(bench);
}

/** The least and the most of every currency; the usual amount where a limit is not named. */
function amountsOf(
  { subject }: ContractBench,
  { capabilities }: PaymentProvider,
): readonly (readonly [string, Money])[] {
  const all = Object.entries(capabilities.currencies).flatMap(([currency, limits]) => [
    Money.of(limits.minimumMinor ?? subject.amount.minor, currency),
    Money.of(limits.maximumMinor ?? subject.amount.minor, currency),
  ]);
  return [...new Map(all.map((amount) => [amount.toString(), amount]))];
}

function capturing(bench: ContractBench, { capabilities }: PaymentProvider): void {
  describe('capturing', () => {
    it('before the payer agreed is refused, and it is the turn of the payer', async () => {
      const made = await bench.create();
      expect(await bench.capture(made)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'payer' },
      });
      expect(await bench.gateway.books(made.created.providerId)).toEqual({
        taken: 0n,
        returned: 0n,
      });
    });

    it('after the payer agreed takes the money', async () => {
      const made = await bench.create();
      await bench.gateway.press(made.created, 'pay');
      expect(await bench.read(made.created)).toMatchObject({ state: 'open', payerAgreed: true });
      expect(await bench.gateway.books(made.created.providerId)).toEqual({
        taken: 0n,
        returned: 0n,
      });
      const paid = done(await bench.capture(made));
      expect(paid).toMatchObject({ state: 'paid', reference: made.order.reference });
      expect(paid.captures).toEqual([
        expect.objectContaining({ state: 'completed', amount: made.order.amount }),
      ]);
      await expectTaken(bench, made.created.providerId);
      expect((await bench.read(paid)).captures).toEqual(paid.captures);
    });

    it('again shows the same capture and takes nothing', async () => {
      const made = await bench.pay();
      const again = done(await bench.capture(made));
      expect(again.captures).toEqual(made.paid.captures);
      await expectTaken(bench, made.created.providerId);
    });

    it('what the payer cannot pay is refused, and the payment stays payable', async () => {
      const made = await bench.create();
      await bench.gateway.press(made.created, 'decline');
      expect(await bench.capture(made)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'payer' },
      });
      expect(await bench.gateway.books(made.created.providerId)).toEqual({
        taken: 0n,
        returned: 0n,
      });
    });

    it.each(['drop_before', 'drop_after', 'error_after'] as const)(
      'after %s is settled once, by the same key or by reading',
      async (mischief) => {
        const made = await bench.create();
        await bench.gateway.press(made.created, 'pay');
        await bench.gateway.misbehave('capture', mischief);
        expect(await bench.capture(made)).toMatchObject({ outcome: 'unknown' });
        if (capabilities.repeat.captureMs > 0) done(await bench.capture(made));
        else if ((await bench.read(made.created)).state !== 'paid') return;
        expect((await bench.read(made.created)).state).toBe('paid');
        await expectTaken(bench, made.created.providerId);
      },
    );
  });
}

function readingBack(bench: ContractBench): void {
  describe('the payer’s own act', () => {
    it('moves the money, and reading shows it', async () => {
      const { created, order, paid } = await bench.pay();
      expect(paid).toMatchObject({ state: 'paid', checkoutUrl: null });
      expect(paid.captures).toEqual([
        expect.objectContaining({ state: 'completed', amount: order.amount }),
      ]);
      await expectTaken(bench, created.providerId);
    });

    it('moves nothing where it is declined', async () => {
      const { created } = await bench.create();
      await bench.gateway.press(created, 'decline');
      expect(await bench.read(created)).toMatchObject({ state: 'failed', captures: [] });
      expect(await bench.gateway.books(created.providerId)).toEqual({ taken: 0n, returned: 0n });
    });
  });
}

async function expectTaken(bench: ContractBench, providerId: string): Promise<void> {
  const { minor } = bench.subject.amount;
  expect(await bench.gateway.books(providerId)).toEqual({ taken: minor, returned: 0n });
}

function canceling(bench: ContractBench, { capabilities }: PaymentProvider): void {
  describe('canceling', () => {
    it('makes it unpayable, and once more without complaint', async () => {
      const { created } = await bench.create();
      const canceled = { outcome: 'done', value: { state: 'canceled', checkoutUrl: null } };
      expect(await bench.cancel(created)).toMatchObject(canceled);
      if (capabilities.repeat.cancelMs > 0)
        expect(await bench.cancel(created)).toMatchObject(canceled);
      expect((await bench.read(created)).state).toBe('canceled');
    });

    it('what was paid is finally refused, and the money stays', async () => {
      const { created } = await bench.pay();
      expect(await bench.cancel(created)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'final' },
      });
      expect((await bench.read(created)).state).toBe('paid');
    });

    it('finds nothing under an id that was never given', async () => {
      const { created } = await bench.create();
      const never = { ...created, providerId: bench.subject.neverGiven.payment };
      expect(await bench.cancel(never)).toMatchObject({ outcome: 'not_found' });
    });
  });
}

function finding(bench: ContractBench): void {
  const find = async (reference: string) =>
    bench.provider.payments.find?.({ reference, createdAfter: new Date(Date.now() - 60_000) });

  describe('looking for a payment by our reference', () => {
    it('finds the one whose answer was lost', async () => {
      const order = bench.order();
      await bench.gateway.misbehave('create', 'drop_after');
      expect(await bench.provider.payments.create(order)).toMatchObject({ outcome: 'unknown' });
      expect(await find(order.reference)).toMatchObject({
        outcome: 'done',
        value: { reference: order.reference, amount: order.amount, state: 'open' },
      });
    });

    it('is sure when it was never made', async () => {
      expect(await find(bench.order().reference)).toMatchObject({ outcome: 'not_found' });
    });

    it('is unsure when a page does not come', async () => {
      await bench.gateway.misbehave('find', 'garbage');
      expect(await find(bench.order().reference)).toMatchObject({ outcome: 'unknown' });
    });
  });
}
