import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { RefreshRefunds } from '../actions/refresh-refunds';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundLooks } from '../storage/refund-looks.repository';

const WATCH_REFUNDS = 'watch-refunds';

/** Every minute; how often one refund is looked at is its own schedule. */
const CRON = '* * * * *';
/** Asked at the same time. */
const BATCH_MAX = 8;
/** A round ends before the next one begins; what is left over is due then. */
const ROUND_MS = 50_000;

/** Refunds that are under way are asked about again and again, so that one whose notification was lost arrives. */
@Injectable()
export class WatchRefunds implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly registry: ProviderRegistry,
    private readonly looks: RefundLooks,
    private readonly payments: PaymentQueries,
    private readonly refresh: RefreshRefunds,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: WATCH_REFUNDS, cron: CRON }, (signal) => this.execute(signal));
  }

  async execute(signal: AbortSignal): Promise<void> {
    const untilMs = performance.now() + ROUND_MS;
    while (!signal.aborted && performance.now() < untilMs) {
      const silent = this.registry.all.filter((provider) => provider.pausedForS() > 0);
      const due = await this.looks.takeDue(
        BATCH_MAX,
        silent.map(({ account }) => account),
      );
      if (due.length === 0) return;
      await Promise.all(due.map((id) => this.lookAt(id)));
    }
  }

  /** Never throws: what does not work now is looked at again soon enough. */
  private async lookAt(paymentId: string): Promise<void> {
    try {
      const payment = await this.payments.get(paymentId);
      await this.refresh.execute({ payment, cause: 'watch', actor: KASSA.subject });
    } catch (error) {
      this.log.info({ payment: showId('pay', paymentId), error: String(error) }, 'not looked at');
    }
  }
}
