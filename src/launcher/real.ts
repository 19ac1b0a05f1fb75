import { startApp } from './demo-parts';
import { type LauncherProcess } from './launcher.config';
import { listenForStop, untilStopped } from './stop-request';

/** The app alone, with the settings as they are; returns its exit code. */
export async function runReal(given: LauncherProcess): Promise<number> {
  const stopAsked = listenForStop({ watchParent: given.startedByNpm });
  const app = startApp(given.environment);
  void untilStopped(stopAsked).then(() => app.stop());
  return await app.exitCode;
}
