import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { minorToJson, Money } from '../../../shared/money/money';
import { leftToCapture } from '../domain/capturable';
import { captureAmountExceeded } from '../payments.errors';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { ChangeHold, type HoldInput, type HoldNow } from './change-hold';
import { type CommandResult } from './command-result';
import { isOf } from './concludes';

export interface CapturePaymentInput extends HoldInput {
  /** Minor units of the payment's currency; null: all that is left. */
  readonly amountMinor: bigint | null;
  /** Whether it is the last one, which sets the rest free; null: only when there is no rest. */
  readonly isFinal: boolean | null;
}

/** Takes money that is held, all that is left or a part of it. */
@Injectable()
export class CapturePayment {
  constructor(private readonly hold: ChangeHold) {}

  async execute(input: CapturePaymentInput): Promise<CommandResult> {
    const { caller, idempotency, payment, amountMinor, isFinal } = input;
    return this.hold.execute({
      caller,
      idempotency,
      payment,
      kind: 'capture',
      requestHash: `${amountMinor ?? 'rest'} ${isFinal ?? 'default'}`,
      // Another part of the same amount is another wish, and a key of its own says that it is one.
      mayJoin: idempotency === null,
      participle: 'captured',
      decide: (now) => decide(input, now),
    });
  }
}

/** A capture of the whole rest is the last one unless the caller says otherwise: there is nothing left to take. */
function decide({ amountMinor, isFinal }: CapturePaymentInput, now: HoldNow) {
  const left = leftOf(now);
  const wanted = amountMinor ?? left;
  if (wanted > left || left === 0n) throw exceeded(now.payment, left);
  return { amountMinor: wanted, isFinal: isFinal ?? wanted === left };
}

/** A part counts until the provider shows that it failed; what it shows otherwise may be older than the part. */
function leftOf({ payment, parts, captures }: HoldNow): bigint {
  const failed = captures.filter(({ state }) => state === 'failed');
  const counted = parts.filter((part) => !failed.some((one) => isOf(part, one)));
  return leftToCapture({
    amountMinor: amountOf(payment).minor,
    heldMinor: BigInt(payment.authorized_minor ?? 0),
    shownMinor: BigInt(payment.capturable_minor),
    partsMinor: counted.map(({ amount_minor }) => BigInt(amount_minor ?? 0)),
  });
}

function exceeded({ id, currency }: PaymentRow, left: bigint) {
  const rest = `${Money.of(left, currency).toString()} can still be captured: send ${left} or less.`;
  const detail =
    left === 0n
      ? 'Nothing of what is held is left to capture; captures that are under way count as taken.'
      : `Of what is held, ${rest}`;
  const errors = [{ pointer: '/amount', code: 'capture_amount_exceeded', detail }];
  const members = { payment: showId('pay', id), capturable_amount: minorToJson(left) };
  return captureAmountExceeded(detail, { errors, members });
}
