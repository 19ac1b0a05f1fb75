import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { findCapture } from './find';
import { captureEntry } from './ledger-entry';
import { captureNews } from './notifications/order-events';
import { type Capture, withCapture } from './order';

export type Settled = 'settled' | 'unknown' | 'not pending';

/** Lets the money of a pending capture arrive or fail to. */
export function settleCapture(
  sandbox: Sandbox,
  id: string,
  status: 'COMPLETED' | 'DECLINED',
): Settled {
  const found = findCapture(sandbox, id);
  if (!found) return 'unknown';
  if (found.capture.status !== 'PENDING') return 'not pending';
  const updatedAt = sandbox.store.now().toISOString();
  const settled: Capture = { ...found.capture, status, updatedAt };
  const order = withCapture(found.order, settled);
  const money: Change[] =
    status === 'COMPLETED'
      ? [{ kind: 'ledger', value: captureEntry(order, found.unit, settled) }]
      : [];
  const news = captureNews(sandbox, order, { unit: found.unit, capture: settled });
  sandbox.store.commit({ kind: 'paypal.order', value: order }, ...money, ...news);
  return 'settled';
}
