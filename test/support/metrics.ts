import { type LogLine } from './app';

/** Ends what hangs; an answer takes 3 s at most. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Where a process tells about itself, as its log says. */
export function metricsOf(log: readonly LogLine[]): { readonly url: string } {
  const line = log.find(({ message }) => message === 'metrics are served');
  if (!line) throw new Error('no metrics are served');
  return { url: `http://127.0.0.1:${String(line['port'])}` };
}

export async function scrape(at: { readonly url: string }): Promise<string> {
  const { status, text } = await lookAt(at, '/metrics');
  if (status !== 200) throw new Error(`${status} ${text}`);
  return text;
}

/** This listener is none of the API, whose document says nothing about it. */
export async function lookAt({ url }: { readonly url: string }, path: string) {
  const answer = await fetch(url + path, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  return { status: answer.status, text: await answer.text() };
}

/** The value of one series, written as in the page without its value; null where there is none. */
export function valueOf(page: string, series: string): number | null {
  const line = page.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}
