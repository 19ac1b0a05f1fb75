import { join } from 'node:path';
import { sandboxSettings, topologySettings } from '../demo-settings';
import { type DemoSecrets } from '../demo-secrets';
import { readPaypalCa, connectWebhooks } from '../demo-webhooks';
import { writeJsonAtomically } from '../files';
import { withOwn } from '../laid-over';
import { type LauncherConfig } from '../launcher.config';
import { freePort } from '../ports';
import { type Balancer, startBalancer } from './balancer';
import { KeptPart, type RunningPart } from './kept-part';
import { launchDatabase, launchProcess, type ProcessOptions } from './processes';
import { storeKeys } from './store-keys';

const APIS = ['api-1', 'api-2'] as const;
const WORKERS = ['worker-1', 'worker-2'] as const;

/** Where to reach what runs; the content of `topology.json`, which is written anew with every change. */
export interface TopologyInfo {
  readonly url: string;
  readonly sandbox_url: string;
  readonly database_url: string;
  readonly staff_key: string;
  readonly user_key: string;
  readonly parts: readonly { readonly name: string; readonly pid: number | null }[];
}

export interface TopologyOptions {
  readonly config: LauncherConfig;
  readonly secrets: DemoSecrets;
  readonly say: (line: string) => void;
}

/**
 * What a deployment looks like, as plain processes: a database, the simulators, two APIs behind one address and two
 * workers, each with ordinary settings. Whatever ends is started again.
 */
export class Topology {
  /** In the order of their start. */
  readonly parts: KeptPart[] = [];
  private balancer: Balancer | null = null;
  private databaseUrl = '';
  private sandboxUrl = '';

  constructor(private readonly options: TopologyOptions) {}

  /** What is started so far is in `parts`, also when a later start fails. */
  async start(): Promise<TopologyInfo> {
    const { config, secrets } = this.options;
    await this.startDatabase();
    await this.startSandbox();
    const paypalCa = await readPaypalCa(this.sandboxUrl);
    const { databaseUrl, sandboxUrl } = this;
    const given = { secrets, databaseUrl, sandboxUrl, paypalCa };
    const settings = topologySettings(config, given);
    const ports = [await freePort(), await freePort()];
    const front = { host: config.host, port: config.port, targets: ports };
    this.balancer = await startBalancer(front);
    const PUBLIC_URL = this.url;
    for (const [at, name] of APIS.entries()) {
      const own = { PORT: String(ports[at]), RUN_JOBS: 'false', PUBLIC_URL };
      await this.startApp({ name, script: 'main.js', environment: withOwn(settings, own) });
    }
    for (const name of WORKERS) {
      const environment = withOwn(settings, { PUBLIC_URL });
      await this.startApp({ name, script: 'worker.js', environment });
    }
    await storeKeys(this.databaseUrl, secrets);
    await connectWebhooks({ sandboxUrl, apiUrl: this.url, secrets });
    return this.publish();
  }

  /** Nothing new is taken; then the last started goes first, so that nobody loses what it needs. */
  async closeFront(): Promise<void> {
    await this.balancer?.close();
  }

  private get url(): string {
    return `http://${this.options.config.host}:${this.balancer?.port}`;
  }

  private async startDatabase(): Promise<void> {
    const { config, say } = this.options;
    if (config.databaseUrl !== null) {
      this.databaseUrl = config.databaseUrl;
      return;
    }
    await this.keep('database', async () => {
      const database = await launchDatabase(config.dataDir, say);
      this.databaseUrl = database.url;
      return database;
    });
  }

  private async startSandbox(): Promise<void> {
    const { config, secrets } = this.options;
    const port = await freePort();
    const environment = sandboxSettings(config, { secrets, port });
    const options = { name: 'sandbox', script: 'sandbox/main.js', environment };
    this.sandboxUrl = `http://127.0.0.1:${port}`;
    await this.keep('sandbox', () => launchProcess(options));
  }

  /** Each tells about itself at a port of its own. */
  private async startApp(options: ProcessOptions): Promise<void> {
    const port = await freePort();
    const environment = withOwn(options.environment, { METRICS_PORT: String(port) });
    await this.keep(options.name, () => launchProcess({ ...options, environment }));
    this.options.say(`${options.name}: http://127.0.0.1:${port}/metrics`);
  }

  private async keep(name: string, launch: () => Promise<RunningPart>): Promise<void> {
    const { say } = this.options;
    const part = new KeptPart({ name, launch, say, changed: () => void this.publish() });
    this.parts.push(part);
    await part.start();
  }

  private publish(): TopologyInfo {
    const { config, secrets } = this.options;
    const info = {
      url: this.url,
      sandbox_url: this.sandboxUrl,
      database_url: this.databaseUrl,
      staff_key: secrets.staff_key,
      user_key: secrets.user_key,
      parts: this.parts.map(({ name, pid }) => ({ name, pid })),
    };
    writeJsonAtomically(join(config.dataDir, 'topology.json'), info);
    return info;
  }
}
