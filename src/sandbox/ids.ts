import { randomInt } from 'node:crypto';

const UPPER_ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHANUMERIC = `${UPPER_ALPHANUMERIC}abcdefghijklmnopqrstuvwxyz`;
/** PayPal leaves out the look-alikes 0, 1, I and O in account ids. */
const PAYPAL_ACCOUNT = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const HEX = '0123456789abcdef';

function draw(alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) text += alphabet.charAt(randomInt(alphabet.length));
  return text;
}

/** An order, capture or authorization id such as 5O190127TN364715T: 17 characters, a digit first. */
export function paypalId(): string {
  return draw('123456789', 1) + draw(UPPER_ALPHANUMERIC, 16);
}

/** A payment of Payments v1 such as PAYID-L4NNMRY3SH15170U4075740H: 24 characters behind the prefix. */
export function paypalPaymentId(): string {
  return `PAYID-${draw(UPPER_ALPHANUMERIC, 24)}`;
}

/** The token of its pay page, such as EC-58G2569692892880N. */
export function paypalToken(): string {
  return `EC-${paypalId()}`;
}

/** A payer or merchant id: 13 characters, `^[2-9A-HJ-NP-Z]{13}$`. */
export function paypalAccountId(): string {
  return draw(PAYPAL_ACCOUNT, 13);
}

/** An event id such as WH-2WR32451HC0233532-67976317FL4543714. */
export function paypalEventId(): string {
  return `WH-${paypalId()}-${paypalId()}`;
}

/** A dispute id such as PP-D-27803. */
export function paypalDisputeId(): string {
  return `PP-D-${draw('123456789', 1)}${draw('0123456789', 8)}`;
}

/** The secret of a PayPro webhook: 32 alphanumerics. */
export function payproSecret(): string {
  return draw(ALPHANUMERIC, 32);
}

export function debugId(): string {
  return draw(HEX, 13);
}

/** A PayPro id: the prefix of its kind and 12 upper-case alphanumerics. */
export function payproId(prefix: 'PP' | 'PR' | 'PC' | 'MD' | 'PS' | 'CU' | 'EV' | 'WH'): string {
  return prefix + draw(UPPER_ALPHANUMERIC, 12);
}

export function accessToken(): string {
  return `A21AA${draw(ALPHANUMERIC, 92)}`;
}
