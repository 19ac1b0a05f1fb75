import { showId } from '../../src/shared/id';
import { objectAt, textAt } from '../../src/shared/json';
import { type Books, type Promised } from './crash-auditor';
import { referenceIn } from './crash-gateway-proxy';
import { type CrashWorld } from './crash-world';
import { call } from './http';
import { listOf, textOf } from './read';

/** Reads all books of a run, ours by SQL and the gateways' from the simulator's own ledger. */
export async function readBooks(world: CrashWorld, promises: readonly Promised[]): Promise<Books> {
  const [payments, operations, facts, ledger, history, events] = await Promise.all([
    world.query('SELECT * FROM payments.payments'),
    world.query('SELECT payment_id, kind, state FROM payments.operations'),
    world.query('SELECT payment_id, ref FROM payments.facts'),
    world.query(`SELECT t.payment_id, t.cause_id, e.amount_minor
      FROM customers.ledger_transactions t JOIN customers.ledger_entries e ON e.transaction_id = t.id
      WHERE e.line = 1`),
    world.query('SELECT payment_id, seq, from_state, to_state FROM payments.state_changes'),
    world.query(`SELECT subject_id, type FROM platform.events WHERE subject_kind = 'payment'`),
  ]);
  const payment = (row: object, name = 'payment_id') => showId('pay', textOf(row, name));
  return {
    payments: payments.map((row) => ({
      id: payment(row, 'id'),
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
    made: [...world.gateways.made].flatMap(([reference, ids]) =>
      [...ids].map((id) => ({ payment: reference, id })),
    ),
    captures: await capturesAt(world),
    promises,
  };
}

async function capturesAt({ sandboxUrl }: CrashWorld): Promise<Books['captures']> {
  const answer = await call({ url: sandboxUrl }, 'GET', '/_sandbox/ledger');
  return listOf(answer.body).map((entry) => ({
    payment: referenceIn(JSON.stringify(objectAt(entry))) ?? 'nobody',
    id: textOf(entry, 'id'),
    // All payments of these runs have two decimals.
    amount: BigInt(textOf(entry, 'amount').replace('.', '')),
  }));
}
