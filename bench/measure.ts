import { type LoadResult, readUsage, runLoad, type Server, type Usage } from './processes';
import { type Stage } from './stage';
import { forgetNotifications } from './seed';
import { type Workload } from './workloads';

const CONNECTIONS = 32;
/** Requests whose statements are counted; so many that what a timer adds is rounded away. */
const COUNTED = 200;
/** Begins every job that applies a notification. */
const JOB_STATEMENT = 'find-notification-to-apply';

export interface Pace {
  readonly rounds: number;
  readonly firstWarmUpS: number;
  readonly warmUpS: number;
  readonly durationS: number;
}

/** One round of one workload at one server. */
export interface Sample {
  readonly server: Server['name'];
  readonly workload: Workload;
  readonly round: number;
  readonly rate: number;
  readonly p99Ms: number;
  readonly cpuUsPerRequest: number;
  /** Jobs about notifications, done at the same time. */
  readonly jobsPerS: number;
}

export interface Memory {
  readonly requests: number;
  readonly rssBytes: number;
}

/** Statements of one request, by the name they are prepared under. */
export type Statements = ReadonlyMap<string, number>;

/** Sends load and keeps count; a single answer that is no success ends the run. */
export class Meter {
  private readonly sent = { kassa: 0, bare: 0 };

  constructor(
    private readonly stage: Stage,
    private readonly say: (line: string) => void,
  ) {}

  /** Both servers by turns and in alternating order, so that a slow minute of the machine hits both. */
  async measure(workloads: readonly Workload[], pace: Pace): Promise<Sample[]> {
    const { rounds, firstWarmUpS, warmUpS, durationS } = pace;
    const { kassa, bare } = this.stage;
    const samples: Sample[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const workload of workloads) {
        for (const server of round % 2 === 1 ? [kassa, bare] : [bare, kassa]) {
          await this.load(server, workload, { durationS: round === 1 ? firstWarmUpS : warmUpS });
          samples.push({ ...(await this.sample(server, workload, durationS)), round });
        }
      }
      this.say(`${workloads.join(', ')}: round ${round} of ${rounds} is done`);
    }
    return samples;
  }

  /** What one request makes its server ask of the database; what comes less than once per request is a timer's. */
  async countStatements(server: Server, workload: Workload): Promise<Statements> {
    await this.load(server, workload, { amount: 1, connections: 1 });
    const before = (await readUsage(server)).statements;
    await this.load(server, workload, { amount: COUNTED, connections: 1 });
    const after = (await readUsage(server)).statements;
    const perRequest = [...after].map(
      ([name, count]) => [name, Math.round((count - (before.get(name) ?? 0)) / COUNTED)] as const,
    );
    return new Map(perRequest.filter(([, count]) => count > 0));
  }

  /** Fills up to so many requests, then looks. */
  async readMemory(server: Server, requests: number): Promise<Memory> {
    const missing = requests - this.sent[server.name];
    if (missing > 0) await this.load(server, 'get', { amount: missing });
    const { rssBytes } = await readUsage(server);
    return { requests: this.sent[server.name], rssBytes };
  }

  private async sample(server: Server, workload: Workload, durationS: number) {
    const before = await readUsage(server);
    const result = await this.load(server, workload, { durationS });
    const after = await readUsage(server);
    return {
      server: server.name,
      workload,
      rate: result.answered / result.durationS,
      p99Ms: result.p99Ms,
      cpuUsPerRequest: (after.cpuUs - before.cpuUs) / result.answered,
      jobsPerS: (jobsOf(after) - jobsOf(before)) / result.durationS,
    };
  }

  private async load(
    server: Server,
    workload: Workload,
    how: { durationS?: number; amount?: number; connections?: number },
  ): Promise<LoadResult> {
    const { load, key, requests, database } = this.stage;
    const isDelivery = requests[workload].some((request) => request.signedWith !== undefined);
    if (isDelivery) await forgetNotifications(database);
    const result = await runLoad(load, {
      url: server.url,
      key: isDelivery ? null : key,
      connections: CONNECTIONS,
      requests: requests[workload],
      ...how,
    });
    this.sent[server.name] += result.answered;
    if (result.failed === 0) return result;
    throw new Error(`${server.name} did not answer ${result.failed} ${workload} with success`);
  }
}

function jobsOf({ statements }: Usage): number {
  return statements.get(JOB_STATEMENT) ?? 0;
}
