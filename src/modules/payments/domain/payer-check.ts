import { payerMismatch } from '../payments.errors';

/** The payment as the provider showed it last. */
export interface KnownPayer {
  readonly payer_id: string | null;
  readonly provider_payment_id: string | null;
  readonly provider_token: string | null;
}

/** What the return page brought back; null where it brought nothing. */
export interface ClaimedPayer {
  readonly payerId: string | null;
  readonly token: string | null;
}

/** Throws `payer_mismatch` (422) when the token of the return URL is another payment's, which no reading can change. */
export function refuseTokenMismatch(known: KnownPayer, { token }: ClaimedPayer): void {
  const tokens = [known.provider_token, known.provider_payment_id];
  if (token === null || tokens.includes(token)) return;
  throw mismatch('/token', 'The token does not belong to this payment.');
}

/**
 * Throws `payer_mismatch` (422) when what came back in the return URL does not belong to the payment. Judged by what
 * the provider shows now: after a decline somebody else may have agreed.
 */
export function refusePayerMismatch(known: KnownPayer, claimed: ClaimedPayer): void {
  refuseTokenMismatch(known, claimed);
  // Before the payer agreed there is nobody to compare with; approving then fails for that reason.
  if (claimed.payerId !== null && known.payer_id !== null && claimed.payerId !== known.payer_id) {
    throw mismatch('/payer_id', 'Another payer agreed to this payment.');
  }
}

function mismatch(pointer: string, detail: string) {
  return payerMismatch(detail, { errors: [{ pointer, code: 'payer_mismatch', detail }] });
}
