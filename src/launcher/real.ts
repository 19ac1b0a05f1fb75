import { startApp } from './demo-parts';
import { type LauncherConfig } from './launcher.config';
import { listenForStop, untilStopped } from './stop-request';

/** The app alone, with the settings as they are; returns its exit code. */
export async function runReal(config: LauncherConfig): Promise<number> {
  const stopAsked = listenForStop({ watchParent: config.startedByNpm });
  const app = startApp(config.environment);
  void untilStopped(stopAsked).then(() => app.stop());
  return await app.exitCode;
}
