import { cpus } from 'node:os';
import { type Memory, type Sample, type Statements } from './measure';
import { type Server } from './processes';
import { TITLES, type Workload, WORKLOADS } from './workloads';

/** What Kassa is to reach: rates as a share of the bare server's. */
export const TARGETS = {
  get_ratio: 0.9,
  list_ratio: 0.9,
  create_ratio: 0.6,
  memory_mb: 200,
  get_statements: 1,
  create_statements: 14,
};

export interface Measured {
  readonly samples: readonly Sample[];
  readonly statements: Readonly<Record<Server['name'], Readonly<Record<Workload, Statements>>>>;
  readonly memory: Readonly<Record<Server['name'], Memory>>;
}

export interface Row {
  readonly workload: string;
  readonly server: Server['name'];
  readonly requests_per_s: number;
  readonly p99_ms: number;
  readonly cpu_us_per_request: number;
  readonly statements_per_request: number;
}

export type Figures = Readonly<Record<keyof typeof TARGETS | 'bare_memory_mb', number>>;

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
  readonly targets: typeof TARGETS;
  readonly met: boolean;
}

export function toResults(
  measured: Measured,
  about: { readonly quick: boolean; readonly postgres: string },
): Results {
  const figures = figuresOf(measured);
  return {
    date: new Date().toISOString(),
    ...about,
    node: process.versions.node,
    cpu_count: cpus().length,
    rows: WORKLOADS.flatMap((workload) =>
      (['kassa', 'bare'] as const).map((server) => rowOf(measured, workload, server)),
    ),
    figures,
    cpu_ratios: perWorkload((workload) => ratioOf(measured, workload, cpuRatio)),
    statements: perWorkload((workload) => Object.fromEntries(measured.statements.kassa[workload])),
    memory_after_requests: measured.memory.kassa.requests,
    targets: TARGETS,
    met: isMet(figures),
  };
}

function figuresOf(measured: Measured): Figures {
  const { statements, memory } = measured;
  return {
    get_ratio: ratioOf(measured, 'get', rateRatio),
    list_ratio: ratioOf(measured, 'list', rateRatio),
    create_ratio: ratioOf(measured, 'create', rateRatio),
    memory_mb: toMb(memory.kassa.rssBytes),
    bare_memory_mb: toMb(memory.bare.rssBytes),
    get_statements: total(statements.kassa.get),
    create_statements: total(statements.kassa.create),
  };
}

function isMet(figures: Figures): boolean {
  return (
    figures.get_ratio >= TARGETS.get_ratio &&
    figures.list_ratio >= TARGETS.list_ratio &&
    figures.create_ratio >= TARGETS.create_ratio &&
    figures.memory_mb <= TARGETS.memory_mb &&
    figures.get_statements <= TARGETS.get_statements &&
    figures.create_statements <= TARGETS.create_statements
  );
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

const rateRatio = (kassa: Sample, bare: Sample) => kassa.rate / bare.rate;
const cpuRatio = (kassa: Sample, bare: Sample) => kassa.cpuUsPerRequest / bare.cpuUsPerRequest;

/** The median over the rounds of what was measured in one and the same round. */
function ratioOf(
  measured: Measured,
  workload: Workload,
  ratio: (kassa: Sample, bare: Sample) => number,
): number {
  const theirs = new Map(samplesOf(measured, workload, 'bare').map((it) => [it.round, it]));
  const ratios = samplesOf(measured, workload, 'kassa').flatMap((kassa) => {
    const bare = theirs.get(kassa.round);
    return bare ? [ratio(kassa, bare)] : [];
  });
  return Math.round(median(ratios) * 1000) / 1000;
}

function samplesOf({ samples }: Measured, workload: Workload, server: Server['name']) {
  return samples.filter((it) => it.workload === workload && it.server === server);
}

function perWorkload<T>(value: (workload: Workload) => T): Record<Workload, T> {
  return { get: value('get'), list: value('list'), create: value('create') };
}

function total(statements: Statements): number {
  return [...statements.values()].reduce((sum, count) => sum + count, 0);
}

function toMb(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
