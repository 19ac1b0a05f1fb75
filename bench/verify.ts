import { deepStrictEqual, strictEqual } from 'node:assert';
import { type Client } from 'pg';
import { parseJson, textAt } from '../src/shared/json';
import { uuidOf } from './bare/ids';
import { type Server } from './processes';
import { type Stage } from './stage';
import { type LoadRequest } from './workloads';

/** Payments compared one by one; all states are among so many. */
const COMPARED = 50;

/** Throws where the two servers do not do the same work; nothing is measured then. */
export async function verify(stage: Stage): Promise<void> {
  const { kassa, bare, key, requests, database } = stage;
  for (const request of [...requests.get.slice(0, COMPARED), ...requests.list]) {
    const theirs = await send(bare, key, request);
    const ours = await send(kassa, key, request);
    deepStrictEqual([theirs.status, ours.status], [200, 200], request.path);
    deepStrictEqual(parseJson(theirs.text), parseJson(ours.text), request.path);
    deepStrictEqual(theirs.headers, ours.headers, request.path);
    // Members in another order are the same answer; one that is longer is not.
    strictEqual(theirs.text.length, ours.text.length, request.path);
  }
  const [create] = requests.create;
  if (create === undefined) throw new Error('there is no create to compare');
  const stored = [];
  for (const server of [kassa, bare]) {
    const { text, status } = await send(server, key, create, `verify-${server.name}`);
    strictEqual(status, 201, `${server.name} answered a create with ${status}: ${text}`);
    stored.push(await storedBy(database, text, `verify-${server.name}`));
  }
  deepStrictEqual(stored[1], stored[0], 'the rows and answer of a create');
}

async function send(server: Server, key: string, { path, body }: LoadRequest, once = '') {
  const headers = { authorization: `Bearer ${key}` };
  const more = { 'content-type': 'application/json', 'idempotency-key': once };
  const answer = await fetch(server.url + path, {
    ...(body === undefined
      ? { headers }
      : { method: 'POST', body, headers: { ...headers, ...more } }),
  });
  const names = [...answer.headers.keys()].sort();
  return { status: answer.status, headers: names, text: await answer.text() };
}

const ROWS = `
  SELECT 'payment' AS what, to_jsonb(p)::text AS row FROM payments.payments p WHERE id = $1
  UNION ALL SELECT 'operation', to_jsonb(o)::text FROM payments.operations o WHERE payment_id = $1
  UNION ALL (SELECT 'history', to_jsonb(s)::text FROM payments.state_changes s WHERE payment_id = $1 ORDER BY seq)
  UNION ALL (SELECT 'event', to_jsonb(e)::text FROM platform.events e WHERE subject_id = $1 ORDER BY subject_seq)
  UNION ALL SELECT 'key', to_jsonb(k)::text FROM platform.idempotency_keys k WHERE resource_id = $1
  UNION ALL SELECT 'fact', to_jsonb(f)::text FROM payments.facts f WHERE payment_id = $1`;

/** The answer and every row of one create, without what must differ: ids, times and the words made of them. */
async function storedBy(database: Client, answer: string, once: string) {
  const shown = parseJson(answer);
  const id = textAt(shown, 'id') ?? '';
  const uuid = uuidOf('pay', id) ?? '';
  const order = textAt(shown, 'provider_payment_id') ?? 'none';
  const { rows } = await database.query<{ what: string; row: string }>(ROWS, [uuid]);
  const neutral = (text: string) =>
    text
      .replaceAll(id, '<reference>')
      .replaceAll(uuid, '<payment>')
      .replaceAll(uuid.replaceAll('-', ''), '<hex>')
      .replaceAll(order, '<order>')
      .replaceAll(once, '<key>')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<id>')
      .replace(/"tx_id": "\d+"/g, '"tx_id": "<tx>"')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/g, '<time>');
  const neutralRows = rows.map(({ what, row }) => ({ what, row: parseJson(neutral(row)) }));
  return { answer: parseJson(neutral(answer)), rows: neutralRows };
}
