/** A program that can be started, and what it needs in its environment. */
export interface BrowserProgram {
  readonly executablePath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** How a browser was found: named by the setting, on the machine, in the cache of the checkout, in an npm package. */
export type BrowserOrigin = 'setting' | 'system' | 'cache' | 'package';

export interface FoundBrowser {
  readonly origin: BrowserOrigin;
  /** For the log. */
  readonly path: string;
  /** Makes it ready to be started: one that comes packed is unpacked. */
  readonly prepare: () => Promise<BrowserProgram>;
}
