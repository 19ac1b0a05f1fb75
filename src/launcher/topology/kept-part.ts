import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError, messageOf } from '../launcher-error';

/** A database that recovers takes seconds, and who needs it ends again until then. */
const RESTART_PAUSE_MS = 1_000;
/** What does not start within a minute or more has a reason that another try does not mend. */
const STARTS_MAX = 60;

/** Something that runs now. */
export interface RunningPart {
  readonly pid: number | null;
  /** Settles with how it ended, in words that follow the name; never rejects. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface KeptPartOptions {
  readonly name: string;
  readonly launch: () => Promise<RunningPart>;
  /** Called whenever it runs or no longer runs. */
  readonly changed: () => void;
  readonly say: (line: string) => void;
}

/** A part that is started again whenever it ends, as a process manager does, until it is stopped. */
export class KeptPart {
  private running: RunningPart | null = null;
  private keeping: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly options: KeptPartOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** Null while it does not run. */
  get pid(): number | null {
    return this.running?.pid ?? null;
  }

  /** The first start; settles when it runs, and throws when it does not. */
  async start(): Promise<void> {
    this.running = await this.options.launch();
    this.options.changed();
    this.keeping = this.keep(this.running);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running?.stop();
    await this.keeping;
  }

  private async keep(first: RunningPart): Promise<void> {
    const { name, changed, say } = this.options;
    let running: RunningPart | null = first;
    while (running) {
      const how: string = await running.ended;
      this.running = null;
      changed();
      if (this.isStopping) return;
      say(`${name} ${how} and is started again`);
      running = await this.launchAgain();
      this.running = running;
      changed();
    }
  }

  /** Null when somebody wants it to stop, or when it does not start. */
  private async launchAgain(): Promise<RunningPart | null> {
    for (let start = 1; start <= STARTS_MAX && !this.isStopping; start++) {
      await sleep(RESTART_PAUSE_MS);
      const launched = await this.options.launch().catch((error: unknown) => {
        this.options.say(`${this.name}: ${messageOf(error)}`);
        return null;
      });
      if (!launched) continue;
      if (!this.isStopping) return launched;
      await launched.stop();
    }
    return null;
  }
}

/** Stops in the order given; one that does not end holds up none of the others. */
export async function stopInOrder(
  parts: readonly KeptPart[],
  say: (line: string) => void,
): Promise<boolean> {
  let isClean = true;
  for (const part of parts) {
    await part.stop().catch((error: unknown) => {
      isClean = false;
      say(`${part.name} could not be stopped: ${messageOf(error)}`);
    });
  }
  return isClean;
}

/** Waits until a part that has just begun says that it is ready, in its first message over its channel. */
export async function untilReady(
  name: string,
  { ready, ended }: { readonly ready: Promise<'ready'>; readonly ended: Promise<string> },
): Promise<void> {
  const first = await Promise.race([ready, ended]);
  if (first !== 'ready') throw new LauncherError(`it ${first} before it was ready (${name})`);
}
