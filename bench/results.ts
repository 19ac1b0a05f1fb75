import { cpus } from 'node:os';
import {
  cpuRatiosOf,
  type Figures,
  figuresOf,
  type Measured,
  perWorkload,
  samplesOf,
  TARGETS_AT_LEAST,
  TARGETS_AT_MOST,
  total,
  verdictsOf,
} from './figures';
import { type IssueRate } from './issues';
import { type TimeToPaid } from './paid';
import { type PdfRates } from './pdfs';
import { type Server } from './processes';
import { median } from './statistics';
import { type WebhookRate } from './webhooks';
import { TITLES, type Workload, WORKLOADS } from './workloads';

export interface Row {
  readonly workload: string;
  readonly server: Server['name'];
  readonly requests_per_s: number;
  readonly p99_ms: number;
  readonly cpu_us_per_request: number;
  readonly statements_per_request: number;
}

export interface Results {
  readonly date: string;
  readonly quick: boolean;
  readonly node: string;
  readonly cpu_count: number;
  readonly postgres: string;
  readonly rows: readonly Row[];
  readonly figures: Figures;
  /** How Kassa's processor time per request compares: it moves less than a rate while others use the machine. */
  readonly cpu_ratios: Readonly<Record<Workload, number>>;
  readonly statements: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly memory_after_requests: number;
  /** Jobs about notifications that were done while Kassa took in more of them. */
  readonly notification_jobs_per_s: number;
  readonly time_to_paid: TimeToPaid;
  readonly webhooks: WebhookRate;
  readonly issues: IssueRate;
  readonly pdfs: PdfRates;
  readonly targets: Readonly<Record<string, number>>;
  readonly met: boolean;
}

export function toResults(
  measured: Measured,
  about: { readonly quick: boolean; readonly postgres: string },
): Results {
  const figures = figuresOf(measured);
  const jobs = samplesOf(measured, 'notify', 'kassa').map(({ jobsPerS }) => jobsPerS);
  return {
    date: new Date().toISOString(),
    ...about,
    node: process.versions.node,
    cpu_count: cpus().length,
    rows: WORKLOADS.flatMap((workload) =>
      (['kassa', 'bare'] as const).map((server) => rowOf(measured, workload, server)),
    ),
    figures,
    cpu_ratios: cpuRatiosOf(measured),
    statements: perWorkload((workload) => Object.fromEntries(measured.statements.kassa[workload])),
    memory_after_requests: measured.memory.kassa.requests,
    notification_jobs_per_s: Math.round(median(jobs)),
    time_to_paid: measured.timeToPaid,
    webhooks: measured.webhooks,
    issues: measured.issues,
    pdfs: measured.pdfs,
    targets: { ...TARGETS_AT_LEAST, ...TARGETS_AT_MOST },
    met: verdictsOf(figures).every(({ isMet }) => isMet),
  };
}

function rowOf(measured: Measured, workload: Workload, server: Server['name']): Row {
  const own = samplesOf(measured, workload, server);
  return {
    workload: TITLES[workload],
    server,
    requests_per_s: Math.round(median(own.map(({ rate }) => rate))),
    p99_ms: Math.round(median(own.map(({ p99Ms }) => p99Ms))),
    cpu_us_per_request: Math.round(median(own.map(({ cpuUsPerRequest }) => cpuUsPerRequest))),
    statements_per_request: total(measured.statements[server][workload]),
  };
}
