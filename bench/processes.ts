import { once } from 'node:events';
import { join } from 'node:path';
import { type Child, startChild } from '../src/launcher/child';
import { listAt, valueAt } from '../src/shared/json';
import { type LoadRequest } from './workloads';

/** A cold start with migrations on a busy machine. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

export interface Server {
  readonly name: 'kassa' | 'bare';
  readonly url: string;
  readonly child: Child;
}

/** What a server has used since it started. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
  readonly statements: ReadonlyMap<string, number>;
}

export interface Job {
  readonly url: string;
  /** Null where nobody needs one: a delivery is believed by its signature. */
  readonly key: string | null;
  readonly connections: number;
  readonly requests: readonly LoadRequest[];
  /** One of the two. */
  readonly durationS?: number;
  readonly amount?: number;
}

export interface LoadResult {
  readonly durationS: number;
  readonly answered: number;
  readonly failed: number;
  readonly p99Ms: number;
}

/** What the simulated gateways know us by. */
export interface Accounts {
  readonly paypalId: string;
  readonly paypalSecret: string;
  readonly payproKey: string;
  /** Signs what PayPro tells us. */
  readonly webhookSecret: string;
}

type Environment = Readonly<Record<string, string>>;

/** A process with exactly these settings and, from ours, only what finds programs. */
export function startPart(name: string, script: string, environment: Environment = {}): Child {
  const { PATH } = process.env;
  return startChild({
    name,
    script: join(__dirname, script),
    environment: { PATH, ...environment },
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
}

/** A server with the probe loaded before it. */
export function startServer(name: string, script: string, environment: Environment): Child {
  const probe = JSON.stringify(join(__dirname, 'probe.js'));
  const nodeOptions = { NODE_ENV: 'production', NODE_OPTIONS: `--require ${probe}` };
  return startPart(name, script, { ...environment, ...nodeOptions });
}

export function untilListening(child: Child): Promise<string> {
  return child.untilListening(START_TIMEOUT_MS);
}

export async function readUsage({ child }: Server): Promise<Usage> {
  const answer = await ask(child, { probe: 1 });
  const statements = listAt(answer, 'statements').map(
    (pair) => [String(valueAt(pair, 0)), Number(valueAt(pair, 1))] as const,
  );
  return {
    cpuUs: numberAt(answer, 'cpuUs'),
    rssBytes: numberAt(answer, 'rssBytes'),
    statements: new Map(statements),
  };
}

export async function runLoad(load: Child, job: Job): Promise<LoadResult> {
  const answer = await ask(load, { job });
  return {
    durationS: numberAt(answer, 'durationS'),
    answered: numberAt(answer, 'answered'),
    failed: numberAt(answer, 'failed'),
    p99Ms: numberAt(answer, 'p99Ms'),
  };
}

/** One question at a time; a child that ends instead of answering fails the whole run. */
async function ask(child: Child, question: object): Promise<unknown> {
  const ended = child.ended.then((how) => {
    throw new Error(`${child.name} ${how}`);
  });
  const answer = once(child.process, 'message');
  child.process.send(question);
  const messages: unknown = await Promise.race([answer, ended]);
  return valueAt(messages, 0);
}

function numberAt(value: unknown, key: string): number {
  const found = valueAt(value, key);
  if (typeof found === 'number') return found;
  throw new Error(`a process of the bench answered without ${key}`);
}
