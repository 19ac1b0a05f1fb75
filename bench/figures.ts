import { type IssueRate } from './issues';
import { type Memory, type Sample, type Statements } from './measure';
import { type TimeToPaid } from './paid';
import { type PdfRates } from './pdfs';
import { type Server } from './processes';
import { median, rounded } from './statistics';
import { type WebhookRate } from './webhooks';
import { type Workload } from './workloads';

/** What Kassa is to reach at least: rates as a share of the bare server's. */
export const TARGETS_AT_LEAST = {
  get_ratio: 0.9,
  list_ratio: 0.9,
  create_ratio: 0.6,
  notification_ratio: 0.6,
  pdf_ratio: 0.85,
};

/** What Kassa is to stay below or at. */
export const TARGETS_AT_MOST = {
  memory_mb: 200,
  get_statements: 1,
  create_statements: 14,
  paid_p99_ms: 100,
  browser_memory_mb: 700,
};

type Target = keyof typeof TARGETS_AT_LEAST | keyof typeof TARGETS_AT_MOST;

export interface Measured {
  readonly samples: readonly Sample[];
  readonly statements: Readonly<Record<Server['name'], Readonly<Record<Workload, Statements>>>>;
  readonly memory: Readonly<Record<Server['name'], Memory>>;
  readonly timeToPaid: TimeToPaid;
  readonly webhooks: WebhookRate;
  readonly issues: IssueRate;
  readonly pdfs: PdfRates;
}

export type Figures = Readonly<
  Record<Target | 'bare_memory_mb' | 'notification_with_jobs_ratio', number>
>;

export interface Verdict {
  readonly figure: Target;
  readonly target: string;
  readonly isMet: boolean;
}

export function figuresOf(measured: Measured): Figures {
  const { statements, memory, timeToPaid, pdfs } = measured;
  return {
    get_ratio: ratioOf(measured, 'get', rateRatio),
    list_ratio: ratioOf(measured, 'list', rateRatio),
    create_ratio: ratioOf(measured, 'create', rateRatio),
    notification_ratio: ratioOf(measured, 'accept', rateRatio),
    notification_with_jobs_ratio: ratioOf(measured, 'notify', rateRatio),
    memory_mb: toMb(memory.kassa.rssBytes),
    bare_memory_mb: toMb(memory.bare.rssBytes),
    get_statements: total(statements.kassa.get),
    create_statements: total(statements.kassa.create),
    paid_p99_ms: timeToPaid.p99_ms,
    pdf_ratio: pdfs.ratio,
    browser_memory_mb: pdfs.memory_mb,
  };
}

export function verdictsOf(figures: Figures): readonly Verdict[] {
  const floors = [
    'get_ratio',
    'list_ratio',
    'create_ratio',
    'notification_ratio',
    'pdf_ratio',
  ] as const;
  const ceilings = [
    'memory_mb',
    'get_statements',
    'create_statements',
    'paid_p99_ms',
    'browser_memory_mb',
  ] as const;
  return [
    ...floors.map((figure) => {
      const floor = TARGETS_AT_LEAST[figure];
      return { figure, target: `>= ${floor.toFixed(2)}`, isMet: figures[figure] >= floor };
    }),
    ...ceilings.map((figure) => {
      const ceiling = TARGETS_AT_MOST[figure];
      return { figure, target: `<= ${ceiling}`, isMet: figures[figure] <= ceiling };
    }),
  ];
}

const rateRatio = (kassa: Sample, bare: Sample) => kassa.rate / bare.rate;
const cpuRatio = (kassa: Sample, bare: Sample) => kassa.cpuUsPerRequest / bare.cpuUsPerRequest;

/** Kassa's processor time per request as a multiple of the bare server's. */
export function cpuRatiosOf(measured: Measured): Readonly<Record<Workload, number>> {
  return perWorkload((workload) => ratioOf(measured, workload, cpuRatio));
}

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
  return rounded(median(ratios), 3);
}

export function samplesOf({ samples }: Measured, workload: Workload, server: Server['name']) {
  return samples.filter((it) => it.workload === workload && it.server === server);
}

export function perWorkload<T>(value: (workload: Workload) => T): Record<Workload, T> {
  return {
    get: value('get'),
    list: value('list'),
    create: value('create'),
    notify: value('notify'),
    accept: value('accept'),
  };
}

export function total(statements: Statements): number {
  return [...statements.values()].reduce((sum, count) => sum + count, 0);
}

function toMb(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
