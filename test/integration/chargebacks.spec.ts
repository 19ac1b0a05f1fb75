import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyChargeback } from '../../src/modules/payments/actions/apply-chargeback';
import { ApplyRefund } from '../../src/modules/payments/actions/apply-refund';
import { RefreshChargeback } from '../../src/modules/payments/actions/refresh-chargeback';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { type ProviderChargeback } from '../../src/providers/provider-parts';
import { newId } from '../../src/shared/id';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { bookedFor, chargebackOf, takersOf, toldOf } from '../support/chargebacks';
import { openParts, uuidOf } from '../support/integration-parts';
import { captureIdOf, command, makePaid, makePressed, show } from '../support/payments';

const PROCESSES = 2;
/** What each process hears at the same time. */
const BELLS = 10;

describe('chargebacks in several processes', () => {
  let app: TestApp;
  let parts: NestFastifyApplication[];
  let takers: ReturnType<typeof takersOf>;
  beforeAll(async () => {
    app = await startTestApp();
    takers = takersOf(app);
    parts = [];
    for (let one = 0; one < PROCESSES; one++) parts.push(await openParts(app));
  });
  afterAll(async () => {
    for (const one of parts ?? []) await one.close();
    await app?.close();
  });

  const look = (part: NestFastifyApplication, there: { account: string; chargebackId: string }) =>
    part.get(RefreshChargeback).execute({ ...there, cause: 'notification', actor: 'kassa' });

  /** All processes hear of it at once, again and again; whoever is overtaken too often tries again later. */
  async function ring(account: string, chargebackId: string): Promise<void> {
    const bells = parts.flatMap((part) =>
      Array.from({ length: BELLS }, () => look(part, { account, chargebackId })),
    );
    const outcomes = await Promise.allSettled(bells);
    const odd = outcomes.filter(
      (one) => one.status === 'rejected' && !/keeps changing/.test(String(one.reason)),
    );
    expect(odd).toEqual([]);
  }

  it('are booked once however many processes hear of them', async () => {
    const paypro = await makePaid(app, 'paypro');
    const chargeback = await takers.chargeBack(paypro.providerId, { amount: 300 });
    const paypal = await makePaid(app, 'paypal');
    const reversal = await takers.reverse(await captureIdOf(app, paypal.id), { amount: '2.50' });
    await Promise.all([ring('paypro', chargeback), ring('paypal', reversal)]);
    expect(await bookedFor(app, chargeback)).toEqual([`paypro:${chargeback} -300`]);
    expect(await bookedFor(app, reversal)).toEqual([`paypal:${reversal} -250`]);
    expect(await toldOf(app, chargeback)).toEqual(['chargeback.lost']);
    const changes = await app.query(
      `SELECT h.seq FROM payments.chargeback_changes h JOIN payments.chargebacks c ON c.id = h.chargeback_id
       WHERE c.provider_chargeback_id = $1`,
      [chargeback],
    );
    expect(changes).toEqual([{ seq: 1 }]);
  });

  it('end as the provider shows them, with all money back, while everybody reads and it changes', async () => {
    const { providerId } = await makePaid(app, 'paypro');
    const chargeback = await takers.chargeBack(providerId, { state: 'pending' });
    const ringing = ring('paypro', chargeback);
    await takers.moveChargeback(chargeback, 'completed');
    const more = ring('paypro', chargeback);
    await takers.moveChargeback(chargeback, 'reversed');
    await Promise.all([ringing, more]);
    await ring('paypro', chargeback);
    expect(await chargebackOf(app, chargeback)).toMatchObject({ state: 'won', taken_amount: 0 });
    const amounts = (await bookedFor(app, chargeback)).map((line) => Number(line.split(' ')[1]));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(0);
    expect([[], [-1000, 1000]]).toContainEqual(amounts);
  });

  describe('by an answer that came late', () => {
    const shownAs = (
      id: string,
      state: 'open' | 'lost' | 'won',
      taken = 0n,
    ): ProviderChargeback => ({
      ...lostChargeback(400n),
      chargebackId: id,
      state,
      providerState: state,
      taken: Money.of(taken, 'EUR'),
    });

    async function applier() {
      const { id } = await makePaid(app, 'paypro');
      const [part] = parts;
      if (!part) throw new Error('no process');
      const payment = await part.get(PaymentQueries).get(uuidOf(id));
      return (shown: ProviderChargeback, seenVersion: number | null) =>
        part
          .get(ApplyChargeback)
          .execute({ payment, shown, seenVersion, cause: 'watch', actor: 'kassa' });
    }

    it('are not moved back: the provider is asked again', async () => {
      const apply = await applier();
      const id = `PC${newId()}`;
      expect(await apply(shownAs(id, 'open'), null)).toBe('applied');
      expect(await apply(shownAs(id, 'lost', 400n), 1)).toBe('applied');
      expect(await apply(shownAs(id, 'open'), 1)).toBe('overtaken');
      expect(await apply(shownAs(id, 'won'), null)).toBe('overtaken');
      expect(await chargebackOf(app, id)).toMatchObject({ state: 'lost', taken_amount: 400 });
      expect(await bookedFor(app, id)).toEqual([`paypro:${id} -400`]);
    });

    it('that says what is known already are left as they are', async () => {
      const apply = await applier();
      const id = `PC${newId()}`;
      await apply(shownAs(id, 'lost', 400n), null);
      expect(await apply(shownAs(id, 'lost', 400n), null)).toBe('applied');
      expect(await bookedFor(app, id)).toHaveLength(1);
    });

    it('are booked each time that money moves, back and forth', async () => {
      const apply = await applier();
      const id = `PC${newId()}`;
      await apply(shownAs(id, 'lost', 400n), null);
      await apply(shownAs(id, 'won'), 1);
      await apply(shownAs(id, 'lost', 150n), 2);
      await apply(shownAs(id, 'open'), 3);
      expect(await bookedFor(app, id)).toEqual([
        `paypro:${id} -400`,
        `paypro:${id}:2 400`,
        `paypro:${id}:3 -150`,
        `paypro:${id}:4 150`,
      ]);
    });
  });

  describe('and refunds, which PayPal shows alike', () => {
    async function reversed() {
      const { id } = await makePaid(app, 'paypal');
      const captureId = await captureIdOf(app, id);
      const [part] = parts;
      if (!part) throw new Error('no process');
      const payment = await part.get(PaymentQueries).get(uuidOf(id));
      const reversal = await takers.reverse(captureId, { amount: '2.50' });
      const shown = {
        refundId: reversal,
        state: 'refunded',
        providerState: 'COMPLETED',
        amount: Money.of(250n, 'EUR'),
        reference: null,
        captureId,
        createdAt: null,
      } as const;
      const news = { payment, refund: null, shown, cause: 'refresh', actor: 'kassa' };
      return {
        reversal,
        asRefund: () => part.get(ApplyRefund).execute(news),
        asChargeback: () => look(part, { account: 'paypal', chargebackId: reversal }),
      };
    }

    const causesOf = async (providerId: string) => {
      const sql = 'SELECT cause_kind FROM customers.ledger_transactions WHERE cause_id = $1';
      const rows = await app.query(sql, [`paypal:${providerId}`]);
      return rows.map(({ cause_kind }) => cause_kind);
    };

    it('are not booked twice when it was taken for a refund first', async () => {
      const { reversal, asRefund, asChargeback } = await reversed();
      expect(await asRefund()).toMatchObject({ refund: { state: 'refunded' } });
      expect(await asChargeback()).toEqual({ outcome: 'applied' });
      expect(await causesOf(reversal)).toEqual(['refund']);
    });

    describe('counted together', () => {
      async function taking() {
        const { id } = await makePaid(app, 'paypal');
        const [part] = parts;
        if (!part) throw new Error('no process');
        const payment = () => part.get(PaymentQueries).get(uuidOf(id));
        const why = async () => ({ payment: await payment(), cause: 'watch', actor: 'kassa' });
        return {
          payment,
          refund: async (minor: bigint) => {
            const shown = refundOf(minor);
            return part.get(ApplyRefund).execute({ ...(await why()), refund: null, shown });
          },
          takes: async (shown: ProviderChargeback, seenVersion: number | null = null) =>
            part.get(ApplyChargeback).execute({ ...(await why()), shown, seenVersion }),
          conflicts: async () => {
            const sql = `SELECT data ->> 'conflict' AS conflict FROM platform.events
              WHERE subject_id = $1 AND type = 'payment.conflict' ORDER BY subject_seq`;
            return (await app.query(sql, [uuidOf(id)])).map(({ conflict }) => conflict);
          },
        };
      }

      const OVERDRAWN = 'refunded_more_than_captured';

      it('are for a person when more was taken than came', async () => {
        const { refund, takes } = await taking();
        await takes(lostChargeback(700n));
        expect(await refund(700n)).toMatchObject({ payment: { conflict: OVERDRAWN } });
      });

      it('are for a person as well when the refund was first, and told of once', async () => {
        const { payment, refund, takes, conflicts } = await taking();
        await refund(1000n);
        expect((await payment()).conflict).toBeNull();
        const chargeback = lostChargeback(1000n);
        expect(await takes(chargeback)).toBe('applied');
        const marked = await payment();
        expect(marked).toMatchObject({ state: 'paid', conflict: OVERDRAWN });
        expect(await takes(chargeback)).toBe('applied');
        expect(await takes({ ...chargeback, reason: 'fraud' }, 1)).toBe('applied');
        expect((await payment()).version).toBe(marked.version);
        expect(await conflicts()).toEqual([OVERDRAWN]);
        expect(await bookedFor(app, chargeback.chargebackId)).toHaveLength(1);
      });

      it('are for a person when it is chargebacks alone, each of which fits', async () => {
        const { payment, takes, conflicts } = await taking();
        await takes(lostChargeback(600n));
        expect((await payment()).conflict).toBeNull();
        await takes(lostChargeback(600n));
        expect(await payment()).toMatchObject({ conflict: OVERDRAWN });
        expect(await conflicts()).toHaveLength(1);
      });

      it('are not judged before it was told that anything came', async () => {
        const { id } = await makePressed(app, 'paypro', 'pay_no_return');
        const [part] = parts;
        if (!part) throw new Error('no process');
        const payment = await part.get(PaymentQueries).get(uuidOf(id));
        const news = { payment, seenVersion: null, cause: 'watch', actor: 'kassa' };
        await part.get(ApplyChargeback).execute({ ...news, shown: lostChargeback(1000n) });
        await command(app, id, 'refresh');
        const { body } = await show(app, id);
        expect(body).toMatchObject({ state: 'paid', captured_amount: 1000, conflict: null });
      });

      it('are as they should be while they take no more than came', async () => {
        const { payment, refund, takes, conflicts } = await taking();
        await refund(400n);
        await takes({ ...lostChargeback(400n), taken: Money.of(0n, 'EUR'), state: 'open' });
        await takes(lostChargeback(600n));
        expect((await payment()).conflict).toBeNull();
        expect(await conflicts()).toEqual([]);
      });
    });

    it('are not booked twice when it was known as a chargeback first', async () => {
      const { reversal, asRefund, asChargeback } = await reversed();
      expect(await asChargeback()).toEqual({ outcome: 'applied' });
      expect(await asRefund()).toMatchObject({ refund: null });
      expect(await causesOf(reversal)).toEqual(['chargeback']);
    });
  });
});

function lostChargeback(minor: bigint): ProviderChargeback {
  const amount = Money.of(minor, 'EUR');
  return {
    chargebackId: `PC${newId()}`,
    state: 'lost',
    providerState: 'lost',
    amount,
    taken: amount,
    paymentId: null,
    captureIds: [],
    reason: null,
    createdAt: null,
    raw: {},
  };
}

function refundOf(minor: bigint) {
  return {
    refundId: newId(),
    state: 'refunded',
    providerState: 'COMPLETED',
    amount: Money.of(minor, 'EUR'),
    reference: null,
    captureId: null,
    createdAt: null,
  } as const;
}
