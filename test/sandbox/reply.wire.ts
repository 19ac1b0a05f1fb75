export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; tests say with `toMatchObject` what they expect of it. */
  body: Json;
}

/** JSON whose members a test may name freely; a wrong name is simply undefined. */
export interface Json {
  [key: string]: Json;
}

export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseBody(text) };
}

export function parseBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export function linkOf(order: Json | undefined, rel: string): string {
  const links = (order?.['links'] ?? []) as unknown as { rel: string; href: string }[];
  return links.find((link) => link.rel === rel)?.href ?? `no link ${rel}`;
}

/** A member that has to be a text; anything else shows up as what it is. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Jest's own matchers, without the `any` of their types. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

export function containing(part: string): unknown {
  return expect.stringContaining(part);
}
