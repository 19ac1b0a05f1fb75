import 'reflect-metadata';
import { ConfigError } from '../config';
import { runDemo } from './demo';
import { demoSettings } from './demo-settings';
import { requireRightSettings } from './judge-settings';
import { readLauncherProcess } from './launcher.config';
import { LauncherError } from './launcher-error';
import { runReal } from './real';
import { surviveClosedOutput } from './say';

/** What `npm start` runs: the real thing where providers are configured, else the demo. */
async function main(): Promise<number> {
  surviveClosedOutput();
  try {
    const given = readLauncherProcess();
    if (given.isReal) return await runReal(given);
    return await runDemo(requireRightSettings(given, demoSettings));
  } catch (error) {
    const isKnown = error instanceof LauncherError || error instanceof ConfigError;
    const text = isKnown ? error.message : describe(error);
    process.stderr.write(`kassa: ${text}\n`);
    return 1;
  }
}

/** A mistake of ours, not of the reader: the trace belongs to the report. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Timers and channels of parts that would not end must not keep us here for ever.
void main().then((code) => process.exit(code));
