import { HAS_BROWSER } from './pdf';

/** Where nothing can print, tests that print are named as skipped. */
export const itWithBrowser = HAS_BROWSER ? it : it.skip;

/** The same for those that look at processes, or give one program fonts of its own: other systems have no means for it. */
export const itWithBrowserOnLinux = HAS_BROWSER && process.platform === 'linux' ? it : it.skip;
