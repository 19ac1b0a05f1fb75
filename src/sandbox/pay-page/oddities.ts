import { type Answer } from '../http/answer';
import { type Manner } from '../notifications/notification';
import { type Button, messagePage } from './page';

/** Long enough for the payer to be back in the shop before the notification is. */
const LATE_MS = 5_000;

/** Ways to pay that both gateways' pages offer. */
export const ODD_WAYS_TO_PAY: Button[] = [
  { action: 'pay_notify_twice', label: 'Pay and notify twice', look: 'plain' },
  { action: 'pay_notify_late', label: 'Pay, notify late', look: 'plain' },
  { action: 'pay_no_return', label: 'Pay but never come back', look: 'wide' },
];

/** How the shop hears of it; undefined for a button that does not pay. */
export const MANNERS: ReadonlyMap<string, Manner> = new Map([
  ['pay', {}],
  ['pay_notify_twice', { twice: true }],
  ['pay_notify_late', { delayMs: LATE_MS }],
  ['pay_no_return', {}],
]);

/** The browser stays here, as if the payer had closed the window after paying. */
export function neverComesBack(gateway: string): Answer {
  return messagePage(
    { status: 200, gateway, title: 'The payer closed the window' },
    'The payer agreed to pay, but the shop will not hear of it from this browser.',
  );
}
