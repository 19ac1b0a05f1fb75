import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { RefreshChargeback } from '../actions/refresh-chargeback';
import { ChargebackLooks, type DueChargeback } from '../storage/chargeback-looks.repository';

const WATCH_CHARGEBACKS = 'watch-chargebacks';

/** Every minute; how often one chargeback is looked at is its own schedule. */
const CRON = '* * * * *';
/** Asked at the same time; a slow provider must not hold up the other one for long. */
const BATCH_MAX = 4;
/** A round ends before the next one begins; what is left over is due then. */
const ROUND_MS = 50_000;

/** Asks about chargebacks that nobody tells us of: a lost notification, or a decision that no provider announces. */
@Injectable()
export class WatchChargebacks implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly registry: ProviderRegistry,
    private readonly looks: ChargebackLooks,
    private readonly refresh: RefreshChargeback,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: WATCH_CHARGEBACKS, cron: CRON }, (signal) => this.execute(signal));
  }

  async execute(signal: AbortSignal): Promise<void> {
    const untilMs = performance.now() + ROUND_MS;
    while (!signal.aborted && performance.now() < untilMs) {
      const due = await this.looks.takeDue(BATCH_MAX, this.paused());
      if (due.length === 0) return;
      await Promise.all(due.map((chargeback) => this.lookAt(chargeback)));
    }
  }

  /** Accounts whose provider does not answer: their chargebacks keep their turn. */
  private paused(): readonly string[] {
    const silent = this.registry.all.filter((provider) => provider.pausedForS() > 0);
    return silent.map(({ account }) => account);
  }

  /** Never throws: what does not work now is looked at again soon. */
  private async lookAt({ id, account, provider_chargeback_id }: DueChargeback): Promise<void> {
    const there = { account, chargebackId: provider_chargeback_id };
    const line = { chargeback: showId('chg', id) };
    try {
      const looked = await this.refresh.execute({ ...there, cause: 'watch', actor: KASSA.subject });
      if (looked.outcome === 'unmatched') this.log.warn({ ...line, ...looked }, 'looked at');
    } catch (error) {
      this.log.info({ ...line, error: String(error) }, 'not looked at');
      await this.looks.soon(id);
    }
  }
}
