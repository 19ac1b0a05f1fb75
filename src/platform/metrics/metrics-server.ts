import { createServer, type Server, type ServerResponse } from 'node:http';
import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../shared/app-error';
import { type Readiness } from '../health/readiness';
import { SAFETY_HEADERS } from '../http/safety-headers';
import { describeError } from '../logging/describe-error';
import { type Logger } from '../logging/log';
import { type DatabaseGauges } from './database-gauges';
import { type Metrics } from './metrics';
import { type MetricsSettings } from './metrics.settings';

/** Nobody sends a body, and few ask. */
const REQUEST_TIMEOUT_MS = 5_000;
const CONNECTIONS_MAX = 20;
const TEXT = 'text/plain; charset=utf-8';

interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface MetricsParts {
  readonly metrics: Metrics;
  readonly gauges: DatabaseGauges;
  readonly readiness: Readiness;
  readonly log: Logger;
}

/**
 * A listener of its own for those who look after the process: it has no keys, so it is not where the public API is.
 * Workers have it, too; it is all that they listen to.
 */
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: Server;

  constructor(
    private readonly parts: MetricsParts,
    private readonly settings: MetricsSettings,
  ) {
    this.server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      request.resume();
      this.answer(request.url ?? '', response).catch((error: unknown) => {
        this.parts.log.error({ error: describeError(error) }, 'metrics were not told');
        response.destroy();
      });
    });
    this.server.maxConnections = CONNECTIONS_MAX;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { METRICS_PORT: port, METRICS_HOST: host } = this.settings;
    if (port === null) return;
    this.parts.metrics.watchProcess();
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) => reject(unusable(error)));
      this.server.listen({ port, host }, resolve);
    });
    const address = this.server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    this.parts.log.info({ host, port: actual }, 'metrics are served');
  }

  /** The last that a process closes: until then it tells how it ends. */
  async onApplicationShutdown(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(url: string, response: ServerResponse): Promise<void> {
    const { status, type, body } = await this.tell(url.replace(/\?.*$/, ''));
    response.writeHead(status, { ...SAFETY_HEADERS, 'Content-Type': type }).end(body);
  }

  private async tell(path: string): Promise<Told> {
    const { metrics, gauges, readiness } = this.parts;
    switch (path) {
      case '/metrics': {
        await gauges.refresh();
        const body = await metrics.registry.metrics();
        return { status: 200, type: metrics.registry.contentType, body };
      }
      case '/health/live':
        return plain(200, 'alive');
      case '/health/ready':
        return readiness.check().then(
          () => plain(200, 'ready'),
          (error: unknown) => plain(503, reasonOf(error)),
        );
      default:
        return plain(404, 'There are /metrics, /health/live and /health/ready.');
    }
  }
}

/** Words of the database may hold values, so they are left out. */
function reasonOf(error: unknown): string {
  return error instanceof AppError ? error.message : 'The database does not answer.';
}

function plain(status: number, text: string): Told {
  return { status, type: TEXT, body: `${text}\n` };
}

function unusable(error: Error): Error {
  const code = 'code' in error ? String(error.code) : error.message;
  return new Error(
    `METRICS_PORT: cannot be listened on (${code}). Choose a port that no other program uses, or leave it out.`,
    { cause: error },
  );
}
