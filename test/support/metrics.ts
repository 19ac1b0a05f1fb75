import { type Answer, call } from './http';
import { type LogLine } from './app';

/** Where a process tells about itself, as its log says. */
export function metricsOf(log: readonly LogLine[]): { readonly url: string } {
  const line = log.find(({ message }) => message === 'metrics are served');
  if (!line) throw new Error('no metrics are served');
  return { url: `http://127.0.0.1:${String(line['port'])}` };
}

export async function scrape(at: { readonly url: string }): Promise<string> {
  const page: Answer = await call(at, 'GET', '/metrics');
  if (page.status !== 200) throw new Error(`${page.status} ${page.text}`);
  return page.text;
}

/** The value of one series, written as in the page without its value; null where there is none. */
export function valueOf(page: string, series: string): number | null {
  const line = page.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}
