import { Agent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import {
  AxiosError,
  CanceledError,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';

/**
 * How the HTTP client puts a call on the wire: one request of Node's, without the streams, progress and
 * redirects of axios's own transport, which cost more than all the rest of a call. It follows no redirect,
 * uses no proxy and repeats nothing; `timeout` is for the whole call, the wait for a free connection
 * included. Text goes in and text comes out, up to `maxContentLength` bytes.
 */
export function sendText(config: InternalAxiosRequestConfig<unknown>): Promise<AxiosResponse> {
  return new Promise((resolve, reject) => {
    const { timeout = 0, maxContentLength = -1 } = config;
    const body = typeof config.data === 'string' ? config.data : '';
    const request = open(config, body);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error instanceof AxiosError ? error : AxiosError.from(error, undefined, config));
      request.destroy();
    };
    const timer =
      timeout > 0
        ? setTimeout(() => fail(new CanceledError('timeout', config)), timeout)
        : undefined;
    request.on('error', fail);
    request.on('response', (answer) => {
      answer.on('error', fail);
      const maxBytes = maxContentLength < 0 ? Infinity : maxContentLength;
      collect(answer, { maxBytes, fail }, (data) => {
        clearTimeout(timer);
        const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
        const headers = textsOf(answer.headers);
        resolve({ status, statusText, headers, data, config, request });
      });
    });
    request.end(body);
  });
}

function open(config: InternalAxiosRequestConfig<unknown>, body: string): ClientRequest {
  const url = new URL(`${(config.baseURL ?? '').replace(/\/+$/, '')}${config.url ?? ''}`);
  const isSecure = url.protocol === 'https:';
  const agent: unknown = isSecure ? config.httpsAgent : config.httpAgent;
  const length = body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return (isSecure ? requestHttps : requestHttp)(url, {
    method: config.method?.toUpperCase() ?? 'GET',
    ...(agent instanceof Agent ? { agent } : {}),
    headers: { ...textsOf(config.headers.toJSON()), ...length },
  });
}

/** Headers that are one text; lists of cookies are of no use to a client that keeps none. */
function textsOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

/** The text of an answer that arrived as a whole and is not too large. */
function collect(
  answer: IncomingMessage,
  limit: { readonly maxBytes: number; readonly fail: (error: Error) => void },
  done: (text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limit.maxBytes) {
      limit.fail(new AxiosError('too large', AxiosError.ERR_BAD_RESPONSE));
    } else chunks.push(chunk);
  });
  answer.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
}
