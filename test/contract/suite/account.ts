import { type PaymentProvider } from '../../../src/providers/payment-provider';
import { currencyExponent, isCurrency } from '../../../src/shared/money/currency';
import { freePort } from '../../support/ports';
import { type ContractBench, done } from './bench';

/** The account: its credentials, its log, and that it declares what it can do. */
export function accountContract(bench: ContractBench, declared: PaymentProvider): void {
  describe('the account', () => {
    it('is checked by its credentials', async () => {
      expect(await bench.provider.check()).toEqual({ outcome: 'done', value: null });
    });

    it('of a stranger is for its owner to repair', async () => {
      const stranger = bench.open(bench.subject.stranger);
      const refused = { outcome: 'refused', refusal: { kind: 'merchant' } };
      expect(await stranger.check()).toMatchObject(refused);
      expect(await stranger.payments.create(bench.order())).toMatchObject(refused);
    });

    it('says that nothing was sent when nobody can be reached', async () => {
      const nobody = bench.open({ BASE_URL: `http://127.0.0.1:${await freePort()}` });
      expect(await nobody.payments.create(bench.order())).toMatchObject({ outcome: 'not_sent' });
      expect(await nobody.check()).toMatchObject({ outcome: 'not_sent' });
    });

    it('leaves a line in the log for every call, and nothing secret', async () => {
      const before = bench.lines.length;
      const { created, paid } = await bench.pay();
      await bench.open(bench.subject.stranger).check();
      expect(bench.lines.length - before).toBeGreaterThanOrEqual(3);
      const told = JSON.stringify([bench.lines, created.raw, paid.raw]);
      for (const secret of bench.subject.secrets) expect(told).not.toContain(secret);
      const lines = JSON.stringify(bench.lines);
      for (const word of ['Two chairs', 'shop.example', '?']) expect(lines).not.toContain(word);
    });
  });

  describe('what is declared', () => {
    const { adapter } = bench.subject;
    const { capabilities, payments, holds, refunds } = declared;

    it('is that of the adapter in the list', () => {
      expect(declared).toMatchObject({ type: adapter.type, name: adapter.name });
      // Known before an account is built, and the other way round.
      expect(adapter.currencies).toEqual(
        expect.arrayContaining(Object.keys(capabilities.currencies)),
      );
    });

    it('has the parts that it needs, and no others', () => {
      expect(payments.capture !== undefined).toBe(capabilities.approve === 'capture');
      expect(payments.cancel !== undefined).toBe(capabilities.cancel === 'provider');
      expect(payments.find !== undefined).toBe(capabilities.findByReference);
      // An account that holds no money any more still finishes what it held before.
      if (capabilities.holds) expect(holds).toBeDefined();
    });

    it('recognises repeats only of what it does', () => {
      const { captureMs, cancelMs } = capabilities.repeat;
      if (!payments.capture) expect(captureMs).toBe(0);
      if (!payments.cancel) expect(cancelMs).toBe(0);
      if (refunds) expect(refunds.repeatMs).toBeGreaterThanOrEqual(0);
    });

    it('names currencies that there are, with limits in order', () => {
      for (const [currency, limits] of Object.entries(capabilities.currencies)) {
        expect(isCurrency(currency)).toBe(true);
        expect(limits.exponent).toBeLessThanOrEqual(currencyExponent(currency));
        const { minimumMinor, maximumMinor } = limits;
        if (minimumMinor !== null && maximumMinor !== null)
          expect(minimumMinor <= maximumMinor).toBe(true);
      }
    });

    if (declared.payMethods) {
      it('lists the pay methods that are switched on', async () => {
        const listed = await bench.provider.payMethods?.list();
        expect(listed && done(listed)).not.toHaveLength(0);
      });
    }
  });
}
