import { type FaultList } from './faults/fault-list';
import { type CallLog } from './http/call-log';
import { type AttemptLog } from './notifications/attempt-log';
import { type PayPalSigner } from './paypal/notifications/signer';
import { type Store } from './state/store';

/** What every part of the simulator works with. */
export interface Sandbox {
  store: Store;
  faults: FaultList;
  calls: CallLog;
  attempts: AttemptLog;
  signer: PayPalSigner;
  /** Secret by client id. */
  paypalAccounts: ReadonlyMap<string, string>;
  payproKeys: ReadonlySet<string>;
  /** The simulator's own address without a slash at the end; known once it listens. */
  publicUrl(): string;
  /** Aborted when the simulator closes, so that no delayed call keeps it open. */
  closing: AbortSignal;
}
