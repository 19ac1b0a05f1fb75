import { type LookupAddress, promises as dns } from 'node:dns';
import { type LookupFunction } from 'node:net';
import { textAt } from '../../../shared/json';

/** One question to one name server; most answer within a tenth of that. */
const QUESTION_TIMEOUT_MS = 2_000;
/** Datagrams get lost; more questions than that would use up the time of the whole request. */
const TRIES_MAX = 2;

/** What name servers say when there is no such name, or none with an address of that kind. */
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA']);

export interface NameLookupOptions {
  /** In a demonstration `localhost` is this machine, though no name server knows it. */
  readonly isDemo: boolean;
  /** Ends the questions with the request that they are for. */
  readonly signal: AbortSignal;
  /** Instead of the system's name servers. */
  readonly servers?: readonly string[];
}

/**
 * Asks name servers itself. The system's own lookup holds one of the few threads of the process until it gives
 * up: merchants whose names hang would keep the calls to providers from being looked up.
 */
export function nameLookup(options: NameLookupOptions): LookupFunction {
  return (hostname, { all, family }, callback) => {
    const answer = (found: readonly LookupAddress[]) => {
      const wanted = found.filter((one) => !isFamily(family) || one.family === family);
      const [first] = wanted;
      if (!first) callback(lookupError('ENOTFOUND'), '', 0);
      else if (all) callback(null, wanted);
      else callback(null, first.address, first.family);
    };
    addressesOf(hostname, options).then(answer, (error: unknown) =>
      callback(lookupError(codeOf(error)), '', 0),
    );
  };
}

async function addressesOf(
  hostname: string,
  { isDemo, signal, servers }: NameLookupOptions,
): Promise<readonly LookupAddress[]> {
  if (isDemo && hostname === 'localhost') return [{ address: '127.0.0.1', family: 4 }];
  signal.throwIfAborted();
  const resolver = new dns.Resolver({ timeout: QUESTION_TIMEOUT_MS, tries: TRIES_MAX });
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [v4, v6] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    return [...found(v4, 4), ...found(v6, 6)];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function found(answer: PromiseSettledResult<string[]>, family: 4 | 6): readonly LookupAddress[] {
  if (answer.status === 'rejected') return [];
  return answer.value.map((address) => ({ address, family }));
}

function isFamily(family: unknown): boolean {
  return family === 4 || family === 6;
}

/** In the system's words, which are those that `failureOf` knows. */
function codeOf(error: unknown): string {
  return UNKNOWN.has(textAt(error, 'code') ?? '') ? 'ENOTFOUND' : 'EAI_AGAIN';
}

function lookupError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error('the name has no address'), { code });
}
