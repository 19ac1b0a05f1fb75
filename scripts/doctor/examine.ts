import { allChecks } from './all-checks';
import { type Configuration } from './configuration';
import { exitCodeOf, renderJson, renderTable } from './report';
import { runChecks } from './run-checks';
import { secretsIn, withoutSecrets } from './secrets';

export interface Examination {
  /** The report: a table for people, or the JSON of docs/doctor.md. */
  readonly text: string;
  /** What the program ends with: 0, 1 or 2. */
  readonly code: number;
}

/** Looks at everything; no secret of the settings is in the report. */
export async function examine(
  configuration: Configuration,
  { asJson }: { readonly asJson: boolean },
): Promise<Examination> {
  const { mode, source } = configuration;
  const findings = withoutSecrets(await runChecks(allChecks(configuration)), secretsIn(source));
  const text = asJson ? renderJson(mode, findings) : renderTable(mode, findings);
  return { text, code: exitCodeOf(findings) };
}
