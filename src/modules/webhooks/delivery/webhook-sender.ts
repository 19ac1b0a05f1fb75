import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { systemClock } from '../../../shared/clock';
import { guardedAgents, mayCall } from './guarded-agents';
import { nameLookup } from './name-lookup';
import { failureOf, NOT_ALLOWED, retryAfterOf, type SendOutcome } from './send-outcome';
import { signedRequest, type WebhookMessage } from './signed-request';
import { literalOf, webhookUrlProblem } from './webhook-url';

/** From the first look at the name to the status; receivers are asked to answer first and work later. */
const SEND_TIMEOUT_MS = 15_000;
/** Read so that a receiver that says a little is not cut off; what it says is of no interest. */
const ANSWER_BYTES_MAX = 16 * 1024;
/** A receiver that says it slowly would hold a worker. */
const ANSWER_TIMEOUT_MS = 1_000;

export interface SenderOptions {
  readonly isDemo: boolean;
  /** Instead of asking name servers. */
  readonly lookup?: LookupFunction;
  /** Instead of the system's name servers. */
  readonly nameServers?: readonly string[];
  /** Less than the usual time. */
  readonly timeoutMs?: number;
}

export interface WebhookRequest {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly message: WebhookMessage;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** Sends one signed request to an address that somebody else chose: it trusts neither the address nor the answer. */
export class WebhookSender {
  private readonly client: AxiosInstance = axios.create({
    maxRedirects: 0,
    proxy: false,
    decompress: false,
    responseType: 'stream',
    validateStatus: () => true,
    transformRequest: (text: unknown) => text,
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'kassa-webhooks' },
  });

  constructor(private readonly options: SenderOptions) {}

  /** Never throws: what went wrong is the outcome. */
  async send({ url, secrets, message, signal: stopping }: WebhookRequest): Promise<SendOutcome> {
    const { isDemo } = this.options;
    if (webhookUrlProblem(url, { isDemo }) !== null || !this.mayCallLiteral(url)) {
      return { status: null, error: NOT_ALLOWED, retryAfterS: null };
    }
    try {
      const { body, headers } = signedRequest(message, secrets, systemClock.now());
      const timeout = AbortSignal.timeout(this.options.timeoutMs ?? SEND_TIMEOUT_MS);
      const signal = stopping ? AbortSignal.any([timeout, stopping]) : timeout;
      const agents = await this.agents(signal);
      const config = { ...agents, headers, signal };
      const answer: AxiosResponse<unknown> = await this.client.post(url, body, config);
      await readBriefly(answer.data);
      return toOutcome(answer);
    } catch (error) {
      return { status: null, error: failureOf(error), retryAfterS: null };
    }
  }

  /** An address that stands in the URL itself is never looked up, so it is judged here. */
  private mayCallLiteral(url: string): boolean {
    const address = literalOf(new URL(url).hostname);
    return isIP(address) === 0 || mayCall(address, this.options);
  }

  /** New ones for each request: connections are not shared anyway, and the lookup ends with its request. */
  private agents(signal: AbortSignal) {
    const { isDemo, lookup, nameServers } = this.options;
    const servers = nameServers ? { servers: nameServers } : {};
    return guardedAgents({ isDemo, lookup: lookup ?? nameLookup({ isDemo, signal, ...servers }) });
  }
}

function toOutcome({ status, headers }: AxiosResponse<unknown>): SendOutcome {
  const isDelivered = status >= 200 && status < 300;
  const isRedirect = status >= 300 && status < 400;
  const error = isRedirect
    ? `It answered ${status}; redirects are not followed.`
    : `It answered ${status}.`;
  const asked: unknown = status === 429 || status === 503 ? headers['retry-after'] : undefined;
  const now = systemClock.now();
  return { status, error: isDelivered ? null : error, retryAfterS: retryAfterOf(asked, now) };
}

/** The status is known by now: whatever happens to the rest of the answer changes nothing. */
async function readBriefly(answer: unknown): Promise<void> {
  if (!(answer instanceof Readable)) return;
  const timer = setTimeout(() => answer.destroy(), ANSWER_TIMEOUT_MS);
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
      if (bytes > ANSWER_BYTES_MAX) break;
    }
  } catch {
    answer.destroy();
  } finally {
    clearTimeout(timer);
  }
}
