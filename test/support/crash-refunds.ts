import { showId } from '../../src/shared/id';
import { textAt } from '../../src/shared/json';
import { askOnce } from './crash-ask';
import { insist, type Shop } from './crash-clients';
import { referenceIn } from './crash-gateway-proxy';
import { type Dice } from './crash-random';
import { type CrashSite } from './crash-world';
import { listOf, textOf } from './read';

const PART = 500;

/** Payments of which a part was asked back, and those of them whose callers were told that it went. */
export class Refunds {
  private readonly asked = new Set<string>();
  private readonly told = new Set<string>();

  constructor(private readonly shop: Shop) {}

  get count(): number {
    return this.told.size;
  }

  /** Gives back a part of what an order took. PayPro recognises no repeat: there it may have to wait for a person. */
  async ask(at: number, dice: Dice): Promise<void> {
    const payment = await this.paidAtPaypal(at);
    if (payment === null) return;
    this.asked.add(payment);
    const path = `/api/payments/${payment}/refunds`;
    const command = { path, idempotencyKey: `refund-${at}`, body: { amount: PART }, payment: null };
    const answer = await insist(this.shop, command, dice);
    if (answer?.status === 201) this.told.add(payment);
  }

  /** What is wrong: it has to have gone once at the gateway, in our rows and in our ledger, and only where it was asked for. */
  async complaints(): Promise<readonly string[]> {
    const { world } = this.shop;
    const stored = await paymentsIn(
      world,
      `SELECT payment_id::text FROM payments.refunds WHERE state = 'refunded'`,
    );
    const booked = await paymentsIn(
      world,
      `SELECT payment_id::text FROM customers.ledger_transactions WHERE cause_kind = 'refund'`,
    );
    const moved = await refundsAtGateway(world);
    const all = new Set([...this.asked, ...moved, ...stored, ...booked]);
    return [...all].flatMap((payment) => {
      const counts = [moved, stored, booked].map((list) => list.filter((one) => one === payment));
      const [times = 0, ...ours] = counts.map(({ length }) => length);
      const isRight = ours.every((one) => one === times) && times <= 1 && this.asked.has(payment);
      const isLost = this.told.has(payment) && times === 0;
      if (isRight && !isLost) return [];
      return [`${payment}: refunded ${times} times at the gateway, ${ours.join(' and ')} by us`];
    });
  }

  /** Null as long as the database is away, too: then this order is not refunded. */
  private async paidAtPaypal(at: number): Promise<string | null> {
    const rows = await this.shop.world
      .query(
        `SELECT id::text FROM payments.payments
         WHERE description = $1 AND account = 'paypal' AND state = 'paid'`,
        [`Order ${at}`],
      )
      .catch(() => []);
    const id = textAt(rows[0], 'id');
    return id === null ? null : showId('pay', id);
  }
}

async function paymentsIn(world: CrashSite, sql: string): Promise<readonly string[]> {
  return (await world.query(sql)).map((row) => showId('pay', textOf(row, 'payment_id')));
}

async function refundsAtGateway({ sandboxUrl }: CrashSite): Promise<readonly string[]> {
  const ledger = await askOnce(sandboxUrl, { method: 'GET', path: '/_sandbox/ledger' });
  const refunds = listOf(ledger.body).filter((entry) => textAt(entry, 'kind') === 'refund');
  return refunds.map((entry) => referenceIn(JSON.stringify(entry)) ?? 'nobody');
}
