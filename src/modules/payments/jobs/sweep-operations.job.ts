import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { Logger } from '../../../platform/logging/log';
import { SettleOperation } from '../actions/settle-operation';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';

/** Operations taken at a time: all of them are settled well within their lease. */
const BATCH = 4;

/** Looks for operations that a crash or a silent provider left unfinished, and settles them. */
export class SweepOperations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly operations: OperationsRepository,
    private readonly settle: SettleOperation,
    private readonly log: Logger,
    private readonly intervalMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  /** Lets the batch that runs finish; what it does not reach is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private plan(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep().finally(() => {
        if (!this.isStopping) this.plan();
      });
    }, this.intervalMs);
  }

  private async sweep(): Promise<void> {
    try {
      const due = await this.operations.takeDue(BATCH);
      await Promise.all(due.map((operation) => this.settleOne(operation)));
    } catch (error) {
      this.log.warn({ error: String(error) }, 'the sweeper could not reach the database');
    }
  }

  /** Never throws: a refusal is recorded by whoever settles, anything else is tried again after the lease. */
  private async settleOne(operation: OperationRow): Promise<void> {
    const fields = { operation: showId('op', operation.id), kind: operation.kind };
    try {
      const { unsettled } = await this.settle.execute(operation, 'sweeper');
      this.log.info({ ...fields, settled: unsettled === null }, 'swept');
    } catch (error) {
      this.log.warn({ ...fields, error: String(error) }, 'swept');
    }
  }
}
