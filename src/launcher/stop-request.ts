import { commandLine, parentOf } from './process-info';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** How soon the end of npm is noticed. */
const PARENT_POLL_MS = 500;

/**
 * Aborts, with the reason in words, when somebody wants us to stop. npm repeats the terminal's
 * Ctrl-C, so a second signal means nothing: every step of the stop has its own time limit.
 */
export function listenForStop(options: { readonly watchParent: boolean }): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => controller.abort(signal));
  }
  if (options.watchParent) watchParent(() => controller.abort('npm is gone'));
  return controller.signal;
}

/** The shell that npm puts between itself and us; some shells replace themselves, some stay. */
const SHELL_IN_BETWEEN = /^(\S*\/)?(sh|ash|dash|bash|zsh) -c /;

/** npm's process as far as it can be told from here, in a form that changes when it is gone. */
function npmSeenFromHere(shellStays: boolean): string {
  return `${process.ppid} ${shellStays ? parentOf(process.ppid) : ''}`;
}

/** npm killed with SIGKILL cannot pass anything on; we notice that we got another parent. */
function watchParent(onGone: () => void): void {
  const shellStays = SHELL_IN_BETWEEN.test(commandLine(process.ppid) ?? '');
  const before = npmSeenFromHere(shellStays);
  const timer = setInterval(() => {
    if (npmSeenFromHere(shellStays) === before) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS);
  timer.unref();
}

/** Settles with the reason once a stop was asked for. */
export function untilStopped(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const finish = () => resolve(String(signal.reason));
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
}
