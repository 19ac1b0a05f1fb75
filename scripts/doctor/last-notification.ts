import { type Queryable } from '../../src/platform/database/database';
import { statement } from '../../src/platform/database/statement';
import { type Finding, ok, type Place, warn } from './finding';

const HOUR_MS = 3_600_000;
/** A payer takes less than this from the payment to the news of it, or never comes back. */
const SILENCE_MS = 24 * HOUR_MS;

/** The newest of each; both walk an index that begins with the newest. */
const readLast = statement<{ delivered_at: Date | null; paid_at: Date | null }>(
  'doctor-read-last',
  `SELECT (SELECT n.created_at FROM providers.notifications n WHERE n.account = $1 AND n.source = 'delivery'
           ORDER BY n.created_at DESC, n.id DESC LIMIT 1) AS delivered_at,
     (SELECT p.created_at FROM payments.payments p WHERE p.account = $1 AND p.state = 'paid'
      ORDER BY p.created_at DESC, p.id DESC LIMIT 1) AS paid_at`,
);

/** When the provider last told us anything: where payments went on without news, its webhook is broken. */
export function lastNotification(
  on: Queryable,
  account: string,
): { place: Place; asked: Promise<Finding> } {
  const place = {
    check: `provider.${account}.last_notification`,
    lookedAt: `${account}: last notification`,
  };
  return { place, asked: find(on, { account, place }) };
}

async function find(
  on: Queryable,
  { account, place }: { readonly account: string; readonly place: Place },
): Promise<Finding> {
  const [row] = await on.query(readLast, [account]);
  const delivered = row?.delivered_at ?? null;
  const paid = row?.paid_at ?? null;
  const message =
    delivered === null ? 'None has arrived yet.' : `It arrived ${ageOf(delivered)} ago.`;
  const isSilent = paid !== null && paid.getTime() - (delivered?.getTime() ?? 0) > SILENCE_MS;
  if (!isSilent) return ok(place, message);
  const cure = 'Look at the deliveries of the webhook in the dashboard of the provider.';
  return warn(place, `${message} Payments were made since.`, cure);
}

function ageOf(time: Date): string {
  const hours = (Date.now() - time.getTime()) / HOUR_MS;
  if (hours < 1) return `${Math.max(0, Math.round(hours * 60))} minutes`;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}
