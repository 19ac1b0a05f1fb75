import 'reflect-metadata';
import { environment } from '../src/config';
import { readConfiguration } from './doctor/configuration';
import { DOCTOR_USAGE, readArguments } from './doctor/doctor-arguments';
import { type Examination, examine } from './doctor/examine';
import { nameOf } from './doctor/run-checks';

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
      return tell(await examine(readConfiguration(environment()), wish));
  }
}

async function tell({ text, code }: Examination): Promise<number> {
  await write(text);
  return code;
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
