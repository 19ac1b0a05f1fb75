import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database';
import { Jobs } from '../jobs/jobs';
import { forgetOldKeys } from './idempotency';

const FORGET_KEYS = 'forget-idempotency-keys';

/** At night, when few write. */
const CRON = '17 3 * * *';
/** Rows of one statement: short enough not to hold anybody up. */
const BATCH_MAX = 1_000;
/** Ten million keys in one night; the rest the next one. */
const BATCHES_MAX = 10_000;

/** Idempotency keys are kept for seven days, as the documentation promises, and not for ever. */
@Injectable()
export class ForgetKeys implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: FORGET_KEYS, cron: CRON }, (signal) => this.execute(signal));
  }

  async execute(signal: AbortSignal): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !signal.aborted; batch++) {
      const forgotten = await forgetOldKeys(this.database, BATCH_MAX);
      if (forgotten < BATCH_MAX) return;
    }
  }
}
