import { showId } from '../../src/shared/id';
import { textAt } from '../../src/shared/json';
import { askOnce } from './crash-ask';
import { type Books, type Notifications, type Promised } from './crash-auditor';
import { referenceIn } from './crash-gateway-proxy';
import { type CrashSite } from './crash-world';
import { listOf, textOf } from './read';

/** What is known about a run beside the books themselves. */
export interface Witnesses {
  readonly promises: readonly Promised[];
  readonly wronged?: ReadonlySet<string>;
  /** As `account:event`; nothing where no notifications were sent. */
  readonly notifications?: Pick<Notifications, 'acknowledged' | 'premature' | 'genuine'>;
  readonly due?: ReadonlySet<string>;
}

/** Reads all books of a run, ours by SQL and the gateways' from the simulator's own. */
export async function readBooks(world: CrashSite, witnesses: Witnesses): Promise<Books> {
  const [payments, operations, facts, ledger, history, events] = await Promise.all([
    world.query('SELECT * FROM payments.payments'),
    world.query('SELECT payment_id, kind, state, error_code FROM payments.operations'),
    world.query('SELECT payment_id, ref FROM payments.facts'),
    world.query(`SELECT t.payment_id, t.cause_id, e.amount_minor
      FROM customers.ledger_transactions t JOIN customers.ledger_entries e ON e.transaction_id = t.id
      WHERE e.line = 1 AND t.cause_kind = 'capture'`),
    world.query('SELECT payment_id, seq, from_state, to_state FROM payments.state_changes'),
    world.query(`SELECT subject_id, type FROM platform.events WHERE subject_kind = 'payment'`),
  ]);
  const payment = (row: object, name = 'payment_id') => showId('pay', textOf(row, name));
  return {
    payments: payments.map((row) => ({
      id: payment(row, 'id'),
      order: textAt(row, 'description') ?? 'an order without a name',
      account: textOf(row, 'account'),
      providerId: textAt(row, 'provider_payment_id'),
      state: textOf(row, 'state'),
      amount: BigInt(textOf(row, 'amount_minor')),
      captured: BigInt(textOf(row, 'captured_minor')),
      conflict: textAt(row, 'conflict'),
    })),
    operations: operations.map((row) => ({
      payment: payment(row),
      kind: textOf(row, 'kind'),
      state: textOf(row, 'state'),
      reason: textAt(row, 'error_code'),
    })),
    facts: facts.map((row) => ({ payment: payment(row), ref: textOf(row, 'ref') })),
    ledger: ledger.map((row) => ({
      payment: payment(row),
      cause: textOf(row, 'cause_id'),
      amount: BigInt(textOf(row, 'amount_minor')),
    })),
    history: history.map((row) => ({
      payment: payment(row),
      seq: Number(row['seq']),
      from: textAt(row, 'from_state'),
      to: textOf(row, 'to_state'),
    })),
    events: events.map((row) => ({
      payment: payment(row, 'subject_id'),
      type: textOf(row, 'type'),
    })),
    ...(await gatewayBooks(world)),
    promises: witnesses.promises,
    wronged: witnesses.wronged ?? new Set(),
    notifications: {
      acknowledged: new Set(),
      premature: new Set(),
      genuine: new Set(),
      ...witnesses.notifications,
      ...(await storedNotifications(world)),
    },
    due: witnesses.due ?? new Set(),
  };
}

/** What the simulator holds, whatever anybody was told about it. */
async function gatewayBooks({ sandboxUrl }: CrashSite): Promise<Pick<Books, 'made' | 'captures'>> {
  const read = async (path: string) => {
    const answer = await askOnce(sandboxUrl, { method: 'GET', path: `/_sandbox${path}` });
    return listOf(answer.body);
  };
  const ownerOf = (entry: unknown) => referenceIn(JSON.stringify(entry)) ?? 'nobody';
  const objects = await read('/objects');
  const ledger = (await read('/ledger')).filter((entry) => textAt(entry, 'kind') === 'capture');
  return {
    made: objects.map((entry) => ({ payment: ownerOf(entry), id: textOf(entry, 'id') })),
    captures: ledger.map((entry) => ({
      payment: ownerOf(entry),
      id: textOf(entry, 'id'),
      // All payments of these runs have two decimals.
      amount: BigInt(textOf(entry, 'amount').replace('.', '')),
    })),
  };
}

/** Whether it is on disk, whoever stored it. Throws while the database is away. */
export async function isStored(
  world: CrashSite,
  { account, event }: { readonly account: string; readonly event: string },
): Promise<boolean> {
  const found = await world.query(
    'SELECT 1 FROM providers.notifications WHERE account = $1 AND event_id = $2',
    [account, event],
  );
  return found.length > 0;
}

async function storedNotifications(
  world: CrashSite,
): Promise<Pick<Notifications, 'stored' | 'delivered'>> {
  const rows = await world.query('SELECT account, event_id, source FROM providers.notifications');
  const nameOf = (row: object) => `${textOf(row, 'account')}:${textOf(row, 'event_id')}`;
  const delivered = rows.filter((row) => textOf(row, 'source') === 'delivery');
  return { stored: new Set(rows.map(nameOf)), delivered: new Set(delivered.map(nameOf)) };
}
