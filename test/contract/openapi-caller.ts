import { parseJson, textAt } from '../../src/shared/json';
import { type OpenApiChecker } from './openapi-checker';
import { CLIENT_ID, CLIENT_SECRET } from './paypal.support';

/** A client of the simulator that knows nothing of the adapter and compares all that it sees with the documents. */
export interface SpecCaller {
  /** Operations that the simulator accepted, by PayPal's names. */
  readonly accepted: ReadonlySet<string>;
  /** What was found since it was asked for the last time. */
  findings(): readonly string[];
  call(method: string, path: string, sent?: Sent): Promise<SeenAnswer>;
  /** Another token, after time went by. */
  renew(): Promise<void>;
}

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SeenAnswer {
  readonly status: number;
  readonly body: unknown;
}

export async function openCaller(sandboxUrl: string, checker: OpenApiChecker): Promise<SpecCaller> {
  const base = `${sandboxUrl}/paypal`;
  let token = await tokenOf(base);
  const accepted = new Set<string>();
  const found: string[] = [];
  return {
    accepted,
    findings: () => found.splice(0),
    renew: async () => {
      token = await tokenOf(base);
    },
    call: async (method, path, { body, headers: more = {} } = {}) => {
      const json = { 'Content-Type': 'application/json' };
      const headers = { Authorization: `Bearer ${token}`, ...json, ...more };
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const sent = { method, headers, ...(text === undefined ? {} : { body: text }) };
      const response = await fetch(base + path, sent);
      const { status } = response;
      const answer = { status, body: parseJson(await response.text()) };
      const call = { method, path, headers, body: text };
      // What PayPal would refuse has to be refused: only then may a call be unlike its description.
      if (status < 400) {
        found.push(...checker.request(call));
        accepted.add(checker.operationOf(call)?.name ?? `${method} ${path}`);
      }
      found.push(...checker.answer(call, answer));
      return answer;
    },
  };
}

async function tokenOf(base: string): Promise<string> {
  const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
  const response = await fetch(`${base}/v1/oauth2/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const token = textAt(await response.json(), 'access_token');
  if (token === null) throw new Error('the simulator gave no token');
  return token;
}
