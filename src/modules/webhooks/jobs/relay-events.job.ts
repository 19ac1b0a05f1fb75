import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type FeedWatch } from '../../../platform/events/feed-watch';
import { type Logger } from '../../../platform/logging/log';
import { type RelayEvents } from '../actions/relay-events';

/** Merchants hear of an event this much later at most, for one small question to the database each time. */
const INTERVAL_MS = 300;
/** A database that is away is asked less often. */
const TROUBLE_PAUSE_MS = 3_000;

/** Looks for new events for as long as the process runs; any number of processes may do so. */
export class RelayEventsJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly relay: RelayEvents,
    private readonly watch: FeedWatch,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.plan(INTERVAL_MS);
  }

  /** A batch that was begun is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private plan(delayMs: number): void {
    if (this.isStopping) return;
    this.timer = setTimeout(() => {
      this.running = this.look();
    }, delayMs);
  }

  private async look(): Promise<void> {
    try {
      const wasSomething = await this.relay.execute();
      await this.watch.look();
      this.plan(wasSomething ? 0 : INTERVAL_MS);
    } catch (error) {
      this.log.warn({ error: String(error) }, 'events could not be handed on to webhooks');
      this.plan(TROUBLE_PAUSE_MS);
    }
  }
}
