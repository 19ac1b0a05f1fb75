import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { minorToJson, Money } from '../../../shared/money/money';
import { captureAmountExceeded } from '../payments.errors';
import { type PaymentRow } from '../storage/payment.row';
import { ChangeHold, type HoldInput } from './change-hold';
import { type CommandResult } from './command-result';

export interface CapturePaymentInput extends HoldInput {
  /** Minor units of the payment's currency; null: all that is left. */
  readonly amountMinor: bigint | null;
  /** Whether the rest is set free; null: only when there is no rest. */
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
      participle: 'captured',
      decide: (now) => decide(input, now),
    });
  }
}

/** A capture of the whole rest is the last one, whatever was asked for: there is nothing left to take. */
function decide({ amountMinor, isFinal }: CapturePaymentInput, payment: PaymentRow) {
  const left = BigInt(payment.capturable_minor);
  const wanted = amountMinor ?? left;
  if (wanted > left || left === 0n) throw exceeded(payment, left);
  return { amountMinor: wanted, isFinal: wanted === left || isFinal === true };
}

function exceeded({ id, currency }: PaymentRow, left: bigint) {
  const detail = `Of what is held, ${Money.of(left, currency).toString()} can still be captured: send ${left} or less.`;
  const errors = [{ pointer: '/amount', code: 'capture_amount_exceeded', detail }];
  const members = { payment: showId('pay', id), capturable_amount: minorToJson(left) };
  return captureAmountExceeded(detail, { errors, members });
}
