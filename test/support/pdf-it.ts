import { HAS_BROWSER } from './pdf';

/** Where nothing can print, tests that print are named as skipped. */
export const itWithBrowser = HAS_BROWSER ? it : it.skip;

/** The same for those that look at the processes of the system. */
export const itWithProcesses = HAS_BROWSER && process.platform === 'linux' ? it : it.skip;
