import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { RecordDecision, type ReviewInput } from './record-decision';
import { SettleOperation } from './settle-operation';

/**
 * Opens an operation again and settles it at once, as a command would: asked first, sent again under the same key.
 * A person vouches for that, so the time in which the provider recognises a repeat counts from the decision.
 */
@Injectable()
export class ResolveRetry {
  constructor(
    private readonly decision: RecordDecision,
    private readonly settle: SettleOperation,
  ) {}

  async execute(input: ReviewInput): Promise<void> {
    const operation = await this.decision.execute(input, 'retry');
    try {
      await this.settle.execute(operation, 'review');
    } catch (error) {
      // A refusal is what came of it: it is recorded on the operation, which is the answer.
      if (!(error instanceof AppError)) throw error;
    }
  }
}
