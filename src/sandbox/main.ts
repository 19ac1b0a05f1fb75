import { readSandboxConfig } from './sandbox.config';
import { startSandbox } from './start-sandbox';

/** The simulator as a process of its own. */
async function main(): Promise<void> {
  const sandbox = await startSandbox(readSandboxConfig());
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= sandbox.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Without the parent that started it, nobody would ever stop it.
  process.once('disconnect', stop);
  process.stdout.write(`sandbox listening on ${sandbox.url}\n`);
  process.send?.({ listening: sandbox.url });
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
