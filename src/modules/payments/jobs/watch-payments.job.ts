import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { LookAtPayment } from '../actions/look-at-payment';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentLooks } from '../storage/payment-looks.repository';

const WATCH_PAYMENTS = 'watch-payments';

/** Every minute; how often one payment is looked at is its own schedule. */
const CRON = '* * * * *';
/** Asked at the same time; a slow provider must not hold up the other one for long. */
const BATCH_MAX = 8;
/** A round ends before the next one begins; what is left over is due then. */
const ROUND_MS = 50_000;

/**
 * The bell that rings without anybody: payments that have not ended are asked about again and again, so that
 * one whose notification was lost is paid, and one that was abandoned expires. None is ever deleted.
 */
@Injectable()
export class WatchPayments implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly registry: ProviderRegistry,
    private readonly looks: PaymentLooks,
    private readonly look: LookAtPayment,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: WATCH_PAYMENTS, cron: CRON }, (signal) => this.execute(signal));
  }

  async execute(signal: AbortSignal): Promise<void> {
    const untilMs = performance.now() + ROUND_MS;
    while (!signal.aborted && performance.now() < untilMs) {
      const due = await this.looks.takeDue(BATCH_MAX, this.paused());
      if (due.length === 0) return;
      await Promise.all(due.map((payment) => this.lookAt(payment)));
    }
  }

  /** Accounts whose provider does not answer: their payments keep their turn. */
  private paused(): readonly string[] {
    const silent = this.registry.all.filter((provider) => provider.pausedForS() > 0);
    return silent.map(({ account }) => account);
  }

  /** Never throws: what does not work now is looked at again soon. */
  private async lookAt(payment: PaymentRow): Promise<void> {
    try {
      await this.look.execute({ payment, cause: 'watch', hint: null });
    } catch (error) {
      this.log.info({ payment: showId('pay', payment.id), error: String(error) }, 'not looked at');
      await this.looks.soon(payment.id);
    }
  }
}
