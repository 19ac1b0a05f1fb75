import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { Logger } from '../../../platform/logging/log';

/** How soon a change is noticed; one statement asks for all that wait. */
const LOOK_MS = 100;
/** A part of the connections that the server takes; the next one is answered at once. */
const WAITING_MAX = 500;

const versions = statement<{ id: string; version: number }>(
  'list-payment-versions',
  `SELECT id, version FROM payments.payments WHERE id = ANY($1::uuid[])`,
);

interface Waiting {
  readonly id: string;
  readonly version: number;
  readonly untilMs: number;
  readonly done: () => void;
}

/** Lets readers wait for a payment to change. It asks the database and nobody else, whoever made the change. */
@Injectable()
export class PaymentChanges implements BeforeApplicationShutdown {
  private waiting: readonly Waiting[] = [];
  private timer: NodeJS.Timeout | null = null;
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  /** Settles when the payment is not at this version any more, or when the time is over. */
  wait(payment: { readonly id: string; readonly version: number }, waitMs: number): Promise<void> {
    if (this.isStopping || this.waiting.length >= WAITING_MAX) return Promise.resolve();
    const { id, version } = payment;
    return new Promise((done) => {
      const untilMs = performance.now() + waitMs;
      this.waiting = [...this.waiting, { id, version, untilMs, done }];
      this.plan();
    });
  }

  /** Whoever still waits is answered with what there is. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    this.release(() => true);
  }

  private plan(): void {
    if (this.timer || this.waiting.length === 0) return;
    this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async look(): Promise<void> {
    try {
      const ids = [...new Set(this.waiting.map(({ id }) => id))];
      const rows = await this.database.query(versions, [ids]);
      const known = new Map(rows.map(({ id, version }) => [id, version]));
      this.release(({ id, version }) => known.get(id) !== version);
    } catch (error) {
      this.log.debug({ error: String(error) }, 'changes of payments were not read');
    }
    const nowMs = performance.now();
    this.release(({ untilMs }) => untilMs <= nowMs);
    this.timer = null;
    if (!this.isStopping) this.plan();
  }

  private release(isOver: (one: Waiting) => boolean): void {
    const over = this.waiting.filter(isOver);
    this.waiting = this.waiting.filter((one) => !over.includes(one));
    for (const { done } of over) done();
  }
}
