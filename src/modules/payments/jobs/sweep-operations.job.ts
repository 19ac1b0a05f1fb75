import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { Logger } from '../../../platform/logging/log';
import { isForPerson, SILENCE_REVIEW_AFTER_S } from '../actions/attempt';
import { NOT_RECORDED } from '../actions/carry-out';
import { LeaveToPerson } from '../actions/leave-to-person';
import { SettleOperation } from '../actions/settle-operation';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';

/** Operations under way at a time: a provider that is slow to answer must not hold up the others for long. */
const AT_ONCE_MAX = 8;

/** Looks for operations that a crash or a silent provider left unfinished, and settles them. */
export class SweepOperations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private readonly running = new Set<Promise<void>>();
  private isStopping = false;

  constructor(
    private readonly operations: OperationsRepository,
    private readonly settle: SettleOperation,
    private readonly leaveToPerson: LeaveToPerson,
    private readonly log: Logger,
    private readonly intervalMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  /** Lets what runs finish; what is not begun is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await Promise.all(this.running);
  }

  private plan(): void {
    if (this.isStopping) return;
    this.timer = setTimeout(() => {
      this.track(this.sweep().finally(() => this.plan()));
    }, this.intervalMs);
  }

  private async sweep(): Promise<void> {
    // This look itself is one of those that run.
    const free = AT_ONCE_MAX - this.running.size;
    if (free <= 0) return;
    try {
      const due = await this.operations.takeDue(free);
      for (const operation of due) this.track(this.settleOne(operation));
    } catch (error) {
      this.log.warn({ error: String(error) }, 'the sweeper could not reach the database');
    }
  }

  private track(work: Promise<void>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  /** Never throws: a refusal is recorded by whoever settles, anything else is tried again later. */
  private async settleOne(operation: OperationRow): Promise<void> {
    const fields = { operation: showId('op', operation.id), kind: operation.kind };
    try {
      const { unsettled } = await this.settle.execute(operation, 'sweeper');
      const isForPerson = unsettled?.state === 'needs_review';
      const line = { ...fields, settled: unsettled === null, needs_review: isForPerson };
      if (isForPerson) this.log.warn(line, 'swept');
      else this.log.info(line, 'swept');
    } catch (error) {
      this.log.warn({ ...fields, error: String(error) }, 'swept');
      await this.leave(operation);
    }
  }

  /** What a refusal settled stays as it is. Anything else comes again, and waits for a person in the end. */
  private async leave(operation: OperationRow): Promise<void> {
    try {
      const now = await this.operations.find(operation.id);
      if (now?.state !== 'unsettled') return;
      if (!isForPerson(operation, SILENCE_REVIEW_AFTER_S)) {
        await this.operations.postpone(operation, NOT_RECORDED);
        return;
      }
      const attempt = { operation, cause: 'sweeper', actor: operation.created_by };
      await this.leaveToPerson.execute(attempt, NOT_RECORDED);
    } catch {
      // The database is away as well: the lease runs out by itself.
      this.log.warn({ operation: showId('op', operation.id) }, 'not postponed');
    }
  }
}
