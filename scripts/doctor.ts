import 'reflect-metadata';
import { environment } from '../src/config';
import { allChecks } from './doctor/all-checks';
import { type Configuration, readConfiguration } from './doctor/configuration';
import { DOCTOR_USAGE, readArguments } from './doctor/doctor-arguments';
import { exitCodeOf, renderJson, renderTable } from './doctor/report';
import { nameOf, runChecks } from './doctor/run-checks';
import { secretsIn, withoutSecrets } from './doctor/secrets';

const FAILURES = 2;

async function main(args: readonly string[]): Promise<number> {
  const wish = readArguments(args);
  switch (wish.kind) {
    case 'mistake':
      process.stderr.write(`${wish.sentence}\n`);
      return FAILURES;
    case 'help':
      await write(DOCTOR_USAGE);
      return 0;
    case 'examine':
      return examine(readConfiguration(environment()), wish.asJson);
  }
}

async function examine(configuration: Configuration, asJson: boolean): Promise<number> {
  const { mode, source } = configuration;
  const findings = withoutSecrets(await runChecks(allChecks(configuration)), secretsIn(source));
  await write(asJson ? renderJson(mode, findings) : renderTable(mode, findings));
  return exitCodeOf(findings);
}

/** The words of an error may quote a secret, so only its name is shown. */
function explain(error: unknown): number {
  process.stderr.write(`The doctor itself broke (${nameOf(error)}). Please report it.\n`);
  return FAILURES;
}

/** Waits until all of it is out: what is written to a pipe is lost when the process ends first. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

// Connections that never answered must not keep us here.
void main(process.argv.slice(2))
  .catch(explain)
  .then((code) => process.exit(code));
