import { type Measured } from './figures';
import { setGatewayStage, withoutJobs } from './gateway-stage';
import { measureIssues } from './issues';
import { Meter, type Pace, type Statements } from './measure';
import { measureTimeToPaid } from './paid';
import { type Server } from './processes';
import { setStage, type Stage } from './stage';
import { type Tools } from './tools';
import { verify } from './verify';
import { verifyDeliveries } from './verify-deliveries';
import { measurePdfs, type PdfRates, type PdfRun } from './pdfs';
import { measureWebhooks, type WebhookRun } from './webhooks';
import { CALLS, type Workload } from './workloads';

type Say = (line: string) => void;

export interface Plan {
  readonly calls: Pace;
  readonly deliveries: Pace;
  /** Resident memory is looked at after so many requests. */
  readonly memoryAfter: number;
  readonly payments: number;
  readonly webhooks: WebhookRun;
  readonly invoices: number;
  readonly pdfs: PdfRun;
}

/** Many short rounds: the machine's speed changes within seconds, and only what is side by side compares. */
export const FULL: Plan = {
  calls: { rounds: 11, firstWarmUpS: 8, warmUpS: 0.5, durationS: 2 },
  deliveries: { rounds: 5, firstWarmUpS: 4, warmUpS: 0.5, durationS: 3 },
  memoryAfter: 100_000,
  payments: 200,
  webhooks: { endpoints: 10, payments: 200 },
  invoices: 1000,
  pdfs: { rounds: 6, perRound: 100, memoryOver: 500 },
};

export const QUICK: Plan = {
  calls: { rounds: 3, firstWarmUpS: 1, warmUpS: 0.3, durationS: 1 },
  deliveries: { rounds: 2, firstWarmUpS: 1, warmUpS: 0.3, durationS: 1 },
  memoryAfter: 30_000,
  payments: 100,
  webhooks: { endpoints: 5, payments: 50 },
  invoices: 200,
  pdfs: { rounds: 3, perRound: 30, memoryOver: 100 },
};

type Counted = Readonly<Record<Server['name'], Statements>>;

/** Everything that is measured, in two acts: what callers ask for, then what gateways tell and merchants are told. */
export async function measureAll(
  tools: Tools,
  plan: Plan,
  say: Say,
): Promise<{ readonly measured: Measured; readonly postgres: string }> {
  const stage = await setStage(tools);
  await verify(stage);
  say('both servers answer and store the same');
  const meter = new Meter(stage, say);
  const samples = await meter.measure(CALLS, plan.calls);
  const calls = {
    get: await countAt(meter, stage, 'get'),
    list: await countAt(meter, stage, 'list'),
    create: await countAt(meter, stage, 'create'),
  };
  const memory = {
    kassa: await meter.readMemory(stage.kassa, plan.memoryAfter),
    bare: await meter.readMemory(stage.bare, plan.memoryAfter),
  };
  await stage.kassa.child.stop();
  await stage.bare.child.stop();
  const told = await measureDeliveries({ tools, stage, plan }, say);
  const counted = { ...calls, notify: told.notify, accept: told.accept };
  const measured = {
    samples: [...samples, ...told.samples],
    statements: { kassa: of('kassa', counted), bare: of('bare', counted) },
    memory,
    timeToPaid: told.timeToPaid,
    webhooks: told.webhooks,
    issues: told.issues,
    pdfs: await printPdfs(tools, plan, say),
  };
  return { measured, postgres: stage.postgresVersion };
}

/** Last of all: the servers have nothing left to do. */
async function printPdfs({ parts }: Tools, { pdfs }: Plan, say: Say): Promise<PdfRates> {
  const rates = await measurePdfs(pdfs, parts);
  say('PDFs were printed');
  return rates;
}

async function measureDeliveries(
  { tools, stage: first, plan }: { tools: Tools; stage: Stage; plan: Plan },
  say: Say,
) {
  const stage = await setGatewayStage(tools, first);
  await verifyDeliveries(stage);
  say('both servers take in notifications alike');
  const timeToPaid = await measureTimeToPaid(stage, plan.payments);
  say('payments were paid one after the other');
  const webhooks = await measureWebhooks(stage, plan.webhooks);
  say('webhooks were delivered');
  const meter = new Meter(stage, say);
  const samples = await meter.measure(['notify'], plan.deliveries);
  const notify = await countAt(meter, stage, 'notify');
  const accepting = await withoutJobs(stage);
  const last = new Meter(accepting, say);
  samples.push(...(await last.measure(['accept'], plan.deliveries)));
  const accept = await countAt(last, accepting, 'accept');
  const issues = await measureIssues(accepting, plan.invoices);
  say('invoices were issued');
  return { timeToPaid, webhooks, samples, notify, accept, issues };
}

async function countAt(meter: Meter, { kassa, bare }: Stage, workload: Workload): Promise<Counted> {
  return {
    kassa: await meter.countStatements(kassa, workload),
    bare: await meter.countStatements(bare, workload),
  };
}

function of(server: Server['name'], counted: Readonly<Record<Workload, Counted>>) {
  return {
    get: counted.get[server],
    list: counted.list[server],
    create: counted.create[server],
    notify: counted.notify[server],
    accept: counted.accept[server],
  };
}
