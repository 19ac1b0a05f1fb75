import { type Figures, type Results, TARGETS } from './results';

const NAMES: Readonly<Record<keyof typeof TARGETS, string>> = {
  get_ratio: 'GET by id, Kassa / bare',
  list_ratio: 'list of 20, Kassa / bare',
  create_ratio: 'create, Kassa / bare',
  memory_mb: 'memory of Kassa, MB',
  get_statements: 'SQL statements of a GET',
  create_statements: 'SQL statements of a create',
};

const HEAD = ['', 'server', 'req/s', 'p99 ms', 'CPU us/req', 'SQL/req'];

/** The results for people. */
export function render(results: Results): string {
  const rows = results.rows.map((row) => [
    row.workload,
    row.server,
    String(row.requests_per_s),
    String(row.p99_ms),
    String(row.cpu_us_per_request),
    String(row.statements_per_request),
  ]);
  const { cpu_ratios: cpu } = results;
  return [
    `Node ${results.node}, PostgreSQL ${results.postgres}, ${results.cpu_count} CPUs`,
    '',
    ...table([HEAD, ...rows]),
    '',
    ...table([['', 'measured', 'target', ''], ...verdicts(results.figures)]),
    '',
    `CPU time per request, Kassa / bare: GET ${cpu.get}, list ${cpu.list}, create ${cpu.create}`,
    `memory after ${results.memory_after_requests} requests; the bare server's is ${results.figures.bare_memory_mb} MB`,
    results.met ? 'Every target is met.' : 'Not every target is met.',
    '',
  ].join('\n');
}

function verdicts(figures: Figures): string[][] {
  const keys = ['get_ratio', 'list_ratio', 'create_ratio'] as const;
  const limits = ['memory_mb', 'get_statements', 'create_statements'] as const;
  return [
    ...keys.map((key) => [
      NAMES[key],
      figures[key].toFixed(2),
      `>= ${TARGETS[key].toFixed(2)}`,
      figures[key] >= TARGETS[key] ? 'met' : 'NOT met',
    ]),
    ...limits.map((key) => [
      NAMES[key],
      String(figures[key]),
      `<= ${TARGETS[key]}`,
      figures[key] <= TARGETS[key] ? 'met' : 'NOT met',
    ]),
  ];
}

/** Words to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const pad = (cell: string, at: number) =>
    /^[A-Za-z]/.test(cell) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
