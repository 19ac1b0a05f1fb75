import { type Mode } from './configuration';
import { type Finding, type Status } from './finding';

/** Changes when a program that reads the JSON would have to change. */
const REPORT_VERSION = 1;

const EXIT_CODES = { ok: 0, warn: 1, fail: 2 } as const;

const HEADS: Readonly<Record<Mode, string>> = {
  real: 'Kassa with the providers that PROVIDERS names',
  demo: 'PROVIDERS is not set: `npm start` would start the demo',
};

const WORDS: Readonly<Record<Status, string>> = {
  ok: 'ok',
  warn: 'WARN',
  fail: 'FAIL',
  skipped: 'skipped',
};
const WORD_WIDTH = 9;

/** The worst that was found. */
function verdictOf(findings: readonly Finding[]): keyof typeof EXIT_CODES {
  if (findings.some(({ status }) => status === 'fail')) return 'fail';
  return findings.some(({ status }) => status === 'warn') ? 'warn' : 'ok';
}

export function exitCodeOf(findings: readonly Finding[]): number {
  return EXIT_CODES[verdictOf(findings)];
}

export function renderJson(mode: Mode, findings: readonly Finding[]): string {
  const status = verdictOf(findings);
  const report = { version: REPORT_VERSION, mode, status, counts: countsOf(findings), findings };
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function renderTable(mode: Mode, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ looked_at }) => looked_at.length)) + 2;
  const { ok, warn, fail, skipped } = countsOf(findings);
  return [
    HEADS[mode],
    '',
    ...findings.flatMap((one) => linesOf(one, width)),
    '',
    `${fail} to put right, ${warn} to look at, ${ok} fine, ${skipped} skipped. Nothing was changed.`,
    '',
  ].join('\n');
}

function linesOf({ status, looked_at, message, cure }: Finding, width: number): string[] {
  const line = `${WORDS[status].padEnd(WORD_WIDTH)}${looked_at.padEnd(width)}${message}`;
  return cure === null ? [line] : [line, `${' '.repeat(WORD_WIDTH + width)}${cure}`];
}

function countsOf(findings: readonly Finding[]): Readonly<Record<Status, number>> {
  const count = (status: Status) => findings.filter((one) => one.status === status).length;
  return { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') };
}
