import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { parseJson } from '../shared/json';
import { agentsWithConnectTimeout } from './provider-connection';
import { CallGate } from './provider-gate';
import { classifyFailure } from './provider-failure';
import { type ProviderReply } from './provider-reply';
import { sendText } from './provider-transport';

/** A call that takes longer is unknown: long enough for a slow capture, short enough for a caller to wait. */
const CALL_TIMEOUT_MS = 15_000;
/** A read changes nothing and is soon repeated: nobody has to wait for a slow one as for a capture. */
export const READ_TIMEOUT_MS = 8_000;
/** Largest answer read; real ones stay below 100 kB. */
const ANSWER_BYTES_MAX = 1_000_000;

export interface ProviderHttpOptions {
  readonly baseUrl: string;
  /** Total time for one call; the default is 15 s. */
  readonly timeoutMs?: number;
  /** Largest answer that is read; the default is a megabyte. */
  readonly answerBytesMax?: number;
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text or form text, as the content type says. */
  readonly body?: string;
  /** What the call is for, in the log: `create`, `capture`, `token`. */
  readonly purpose: string;
  /** Less time than the client's, for calls that others wait behind. */
  readonly timeoutMs?: number;
  /** `text`: the answer's body is the text as it came, for what is no JSON. */
  readonly answerAs?: 'text';
}

/** One line per call: no body, no header, no query, so that no secret and no payer is in it. */
export interface ProviderCallLine {
  readonly account: string;
  readonly purpose: string;
  readonly method: string;
  readonly path: string;
  readonly outcome: ProviderReply['kind'];
  readonly status: number | null;
  readonly durationMs: number;
  readonly error: string | null;
}

/**
 * The one HTTP client that adapters use. It follows no redirect, repeats nothing, bounds time and size,
 * and says honestly what is known afterwards. A bulkhead keeps a provider that hangs from taking every caller
 * along, and a circuit breaker pauses an account that stopped answering.
 */
export class ProviderHttp {
  private readonly client: AxiosInstance;
  private readonly gate = new CallGate();
  private readonly timeoutMs: number;

  constructor(
    private readonly account: string,
    options: ProviderHttpOptions,
    private readonly log: (line: ProviderCallLine) => void,
  ) {
    this.timeoutMs = options.timeoutMs ?? CALL_TIMEOUT_MS;
    this.client = axios.create({
      baseURL: options.baseUrl,
      adapter: sendText,
      maxContentLength: options.answerBytesMax ?? ANSWER_BYTES_MAX,
      validateStatus: () => true,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      transformRequest: (body: unknown) => body,
      // Compressed answers would need a second limit, for what they grow to.
      headers: { Accept: 'application/json', 'Accept-Encoding': 'identity', 'User-Agent': 'kassa' },
      ...agentsWithConnectTimeout(),
    });
  }

  /** Seconds that calls are kept back or turned away; 0 when they go through. */
  pausedForS(): number {
    return this.gate.pausedForS();
  }

  async send(request: ProviderRequest): Promise<ProviderReply> {
    const startedAt = performance.now();
    const timeoutMs = Math.min(this.timeoutMs, request.timeoutMs ?? Infinity);
    const lane = request.method === 'GET' ? 'read' : 'write';
    const reply = await this.gate.pass({ lane, timeoutMs }, () =>
      // Waiting for a place is part of the time, so that no caller waits longer than it was promised.
      this.call(request, timeoutMs - (performance.now() - startedAt)),
    );
    this.log({
      account: this.account,
      purpose: request.purpose,
      method: request.method,
      path: request.path.replace(/\?.*$/, ''),
      outcome: reply.kind,
      status: reply.kind === 'answer' ? reply.status : null,
      durationMs: Math.round(performance.now() - startedAt),
      error: reply.kind === 'answer' ? null : reply.trouble.code,
    });
    return reply;
  }

  private async call(request: ProviderRequest, leftMs: number): Promise<ProviderReply> {
    try {
      const response: AxiosResponse<unknown> = await this.client.request({
        method: request.method,
        url: request.path,
        headers: request.headers,
        ...(request.body === undefined ? {} : { data: request.body }),
        timeout: Math.max(1, Math.ceil(leftMs)),
      });
      return toAnswer(response, request);
    } catch (error) {
      return classifyFailure(error);
    }
  }
}

function toAnswer(
  response: AxiosResponse<unknown>,
  { answerAs }: Pick<ProviderRequest, 'answerAs'>,
): ProviderReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  const text = typeof response.data === 'string' ? response.data : '';
  const body = answerAs === 'text' ? text : parseJson(text);
  return { kind: 'answer', status: response.status, body, headers };
}
