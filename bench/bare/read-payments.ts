import { type Pool } from 'pg';
import { type ShownPayment } from '../../src/modules/payments/queries/payment-queries';
import { PAYMENT_COLUMNS } from '../../src/modules/payments/storage/payment.row';
import { type KeyOwner } from './keys';
import { toAnswer } from './payment-view';
import { Refused } from './refused';

/** Kassa's own list of columns, so that both always read the same. */
const COLUMNS = `${PAYMENT_COLUMNS},
  (SELECT json_build_object('id', o.id, 'kind', o.kind, 'state', o.state) FROM payments.operations o
   WHERE o.payment_id = p.id AND o.state IN ('unsettled', 'needs_review')
   ORDER BY o.created_at LIMIT 1) AS operation`;

const OWNED = `EXISTS (SELECT FROM customers.owners w WHERE w.customer_id = p.customer_id AND w.subject = $2)`;

/** The owner is asked about only where it matters: `$2 IS NULL OR …` would cost every reader a worse plan. */
const findText = (isOwned: boolean) => `
  SELECT row_to_json(r) AS row FROM (
    SELECT ${COLUMNS} FROM payments.payments p
    WHERE p.id = $1 AND ${isOwned ? OWNED : '$2::text IS NULL'}) r`;

const FIND = { owned: findText(true), any: findText(false) };

const listText = (isOwned: boolean, isLater: boolean) => `
  SELECT coalesce(json_agg(r), '[]') AS rows FROM (
    SELECT ${COLUMNS} FROM payments.payments p
    WHERE ${isOwned ? OWNED : '$2::text IS NULL'}
    ${isLater ? 'AND (p.created_at, p.id) < ($3::timestamptz, $4::uuid)' : ''}
    ORDER BY p.created_at DESC, p.id DESC LIMIT $1) r`;

const LIST = {
  owned: { first: listText(true, false), later: listText(true, true) },
  any: { first: listText(false, false), later: listText(false, true) },
};

const LIMIT_DEFAULT = 25;
const LIMIT_MAX = 100;

export async function findPayment(
  pool: Pool,
  { owner }: KeyOwner,
  id: string,
): Promise<ShownPayment> {
  const { rows } = await pool.query<{ row: ShownPayment }>({
    name: owner === null ? 'find-any' : 'find-owned',
    text: owner === null ? FIND.any : FIND.owned,
    values: [id, owner],
  });
  const found = rows[0];
  if (!found) throw new Refused(404, 'There is no such payment.');
  return found.row;
}

/** A page, newest first. It pages forwards only; nobody asks it for more. */
export async function listPayments(
  pool: Pool,
  { owner }: KeyOwner,
  asked: { readonly limit?: string; readonly cursor?: string; readonly url: string; base: string },
) {
  const limit = asked.limit === undefined ? LIMIT_DEFAULT : Number(asked.limit);
  if (!(limit >= 1 && limit <= LIMIT_MAX)) throw new Refused(422, 'Send a limit from 1 to 100.');
  const whose = owner === null ? 'any' : 'owned';
  const part = asked.cursor === undefined ? 'first' : 'later';
  const after = asked.cursor === undefined ? [] : readCursor(asked.cursor);
  const { rows } = await pool.query<{ rows: ShownPayment[] }>({
    name: `list-${whose}-${part}`,
    text: LIST[whose][part],
    values: [limit + 1, owner, ...after],
  });
  const found = rows[0]?.rows ?? [];
  const last = found.length > limit ? found[limit - 1] : undefined;
  const data = found.slice(0, limit).map((row) => toAnswer(row, asked.base));
  const next = last && `${asked.url.split('?')[0]}?limit=${limit}&cursor=${showCursor(last)}`;
  const _links = { self: asked.url, ...(next ? { next } : {}) };
  return { type: 'list', data, count: data.length, _links };
}

function showCursor({ created_at: at, id }: ShownPayment): string {
  return Buffer.from(JSON.stringify({ direction: 'after', at, id })).toString('base64url');
}

function readCursor(text: string): string[] {
  const parts = /^\{"direction":"after","at":"([0-9T:.+-]+)","id":"([0-9a-f-]{36})"\}$/.exec(
    Buffer.from(text, 'base64url').toString(),
  );
  if (!parts?.[1] || !parts[2]) throw new Refused(422, 'The cursor is not one of ours.');
  return [parts[1], parts[2]];
}
