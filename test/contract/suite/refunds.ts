import { type PaymentProvider } from '../../../src/providers/payment-provider';
import { Money } from '../../../src/shared/money/money';
import { type ContractBench, done } from './bench';

/** Money back to the payer, where the gateway can. */
export function refundContract(bench: ContractBench, { refunds }: PaymentProvider): void {
  if (!refunds) return;
  const { amount } = bench.subject;
  const part = Money.of(amount.minor / 4n, amount.currency);

  describe('refunding', () => {
    it('gives all of it back', async () => {
      const { paid } = await bench.pay();
      const order = bench.refundOrder(paid);
      const made = done(await bench.refunds.refund(order));
      expect(['pending', 'refunded']).toContain(made.state);
      expect(made.amount).toEqual(amount);
      const settled = await bench.settled(made, paid.providerId);
      expect(settled).toMatchObject({ refundId: made.refundId, state: 'refunded', amount });
      expect(await bench.gateway.books(paid.providerId)).toEqual({
        taken: amount.minor,
        returned: amount.minor,
      });
    });

    it('gives a part back, and lists every part', async () => {
      const { paid } = await bench.pay();
      const orders = [part, part].map((some) => bench.refundOrder(paid, { amount: some }));
      const ids: string[] = [];
      for (const order of orders) {
        const made = done(await bench.refunds.refund(order));
        ids.push((await bench.settled(made, paid.providerId)).refundId);
      }
      const listed = done(await bench.refunds.list(paid.providerId));
      expect(listed.map(({ refundId }) => refundId).sort()).toEqual(ids.sort());
      expect(listed.map((one) => one.amount)).toEqual([part, part]);
      const { returned } = await bench.gateway.books(paid.providerId);
      expect(returned).toBe(part.minor * 2n);
    });

    it('of more than was paid is refused, and nothing goes back', async () => {
      const { paid } = await bench.pay();
      const more = Money.of(amount.minor + 1n, amount.currency);
      const refused = await bench.refunds.refund(bench.refundOrder(paid, { amount: more }));
      expect(refused).toMatchObject({ outcome: 'refused' });
      const { returned } = await bench.gateway.books(paid.providerId);
      expect(returned).toBe(0n);
    });

    if (refunds.repeatMs > 0) {
      it('again with the same key is one refund, also after a lost answer', async () => {
        const { paid } = await bench.pay();
        const order = bench.refundOrder(paid, { amount: part });
        await bench.gateway.misbehave('refund', 'drop_after');
        expect(await bench.refunds.refund(order)).toMatchObject({ outcome: 'unknown' });
        const second = done(await bench.refunds.refund(order));
        const third = done(await bench.refunds.refund(order));
        expect(third.refundId).toBe(second.refundId);
        await bench.settled(third, paid.providerId);
        const { returned } = await bench.gateway.books(paid.providerId);
        expect(returned).toBe(part.minor);
      });
    } else {
      it('that got no answer is found in the list by our reference', async () => {
        const { paid } = await bench.pay();
        const order = bench.refundOrder(paid, { amount: part });
        await bench.gateway.misbehave('refund', 'drop_after');
        expect(await bench.refunds.refund(order)).toMatchObject({ outcome: 'unknown' });
        const listed = done(await bench.refunds.list(paid.providerId));
        expect(listed).toMatchObject([{ reference: order.reference, amount: part }]);
      });
    }

    it('shows another amount as it came, or does not believe it', async () => {
      const { paid } = await bench.pay();
      await bench.gateway.misbehave('refund', 'wrong_amount');
      const result = await bench.refunds.refund(bench.refundOrder(paid, { amount: part }));
      if (result.outcome === 'done') expect(result.value.amount).not.toEqual(part);
      else expect(result).toMatchObject({ outcome: 'unknown' });
    });

    it('is loudly unknown for a new word', async () => {
      const { paid } = await bench.pay();
      await bench.gateway.misbehave('refund', 'unknown_state');
      const made = done(await bench.refunds.refund(bench.refundOrder(paid, { amount: part })));
      expect(made.state).toBe('unknown');
    });

    it('finds nothing under an id that was never given', async () => {
      const { paid } = await bench.pay();
      const ids = { refundId: bench.subject.neverGiven.refund, providerId: paid.providerId };
      expect(await bench.refunds.read(ids)).toMatchObject({ outcome: 'not_found' });
    });
  });
}
