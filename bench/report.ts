import { type Figures, verdictsOf } from './figures';
import { type Results } from './results';

const NAMES: Readonly<Record<keyof Figures, string>> = {
  get_ratio: 'GET by id, Kassa / bare',
  list_ratio: 'list of 20, Kassa / bare',
  create_ratio: 'create, Kassa / bare',
  notification_ratio: 'notification accepted, Kassa / bare',
  notification_with_jobs_ratio: 'notification with its job done meanwhile, Kassa / bare',
  memory_mb: 'memory of Kassa, MB',
  bare_memory_mb: 'memory of the bare server, MB',
  get_statements: 'SQL statements of a GET',
  create_statements: 'SQL statements of a create',
  paid_p99_ms: 'from the payer to paid when idle, p99 ms',
  pdf_ratio: 'PDFs, Kassa / bare page.pdf()',
  browser_memory_mb: 'memory of the browser, MB',
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
  return [
    `Node ${results.node}, PostgreSQL ${results.postgres}, ${results.cpu_count} CPUs`,
    '',
    ...table([HEAD, ...rows]),
    '',
    ...table([['', 'measured', 'target', ''], ...verdicts(results.figures)]),
    '',
    ...remarks(results),
    results.met ? 'Every target is met.' : 'Not every target is met.',
    '',
  ].join('\n');
}

function verdicts(figures: Figures): string[][] {
  return verdictsOf(figures).map(({ figure, target, isMet }) => {
    const measured = figure.endsWith('_ratio') ? figures[figure].toFixed(2) : figures[figure];
    return [NAMES[figure], String(measured), target, isMet ? 'met' : 'NOT met'];
  });
}

function remarks(results: Results): string[] {
  const { cpu_ratios: cpu, time_to_paid: paid, webhooks, issues, pdfs } = results;
  return [
    'CPU time per request, Kassa / bare: ' +
      `GET ${cpu.get}, list ${cpu.list}, create ${cpu.create}, notification ${cpu.notify}, without jobs ${cpu.accept}`,
    `memory after ${results.memory_after_requests} requests; the bare server's is ${results.figures.bare_memory_mb} MB`,
    `notifications with jobs in the same process: ${results.figures.notification_with_jobs_ratio} of the bare server's rate, ` +
      `and ${results.notification_jobs_per_s} jobs/s done meanwhile`,
    `from the payer to paid, ${paid.payments} payments one after the other: p50 ${paid.p50_ms} ms, p99 ${paid.p99_ms} ms`,
    `webhooks: ${webhooks.per_s} deliveries/s, ${webhooks.cpu_us_per_delivery} us of CPU each ` +
      `(${webhooks.deliveries} to ${webhooks.endpoints} endpoints about ${webhooks.payments} payments)`,
    `invoices: ${issues.per_s} issued/s by ${issues.at_once} callers who want numbers of one series (${issues.invoices} in all)`,
    `PDFs: ${pdfs.kassa_per_s}/s, ${pdfs.at_once} at once; bare ${pdfs.bare_per_s}/s; memory over ${pdfs.memory_over} of them`,
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
