import { Injectable } from '@nestjs/common';
import { ChangeHold, type HoldInput } from './change-hold';
import { type CommandResult } from './command-result';

/**
 * Renews a hold, so that the provider vouches for the money once more. When that is possible is the provider's rule
 * and by its clock, so it is asked and its refusal is told.
 */
@Injectable()
export class ReauthorizePayment {
  constructor(private readonly hold: ChangeHold) {}

  async execute({ caller, idempotency, payment }: HoldInput): Promise<CommandResult> {
    return this.hold.execute({
      caller,
      idempotency,
      payment,
      kind: 'reauthorize',
      requestHash: 'renew',
      mayJoin: true,
      participle: 'renewed',
      decide: () => ({ amountMinor: null, isFinal: false }),
    });
  }
}
