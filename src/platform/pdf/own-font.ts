import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontsConfiguration } from './fonts-configuration';
import { sfntOfWoff } from './sfnt-of-woff';

/** Source Sans 3, SIL Open Font License 1.1. */
const FONT = '@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff';

/** Read once, when a browser is first started. */
let font: Buffer | null = null;

/**
 * A font for a browser on a machine that has none: there Chromium loads not even those that a page brings along, and
 * prints the page without its text. Where the machine has fonts, they are used as they were.
 * Returns what the browser needs in its environment; systems other than Linux do not read it.
 */
export function provideFont(folder: string): Readonly<Record<string, string>> {
  font ??= sfntOfWoff(readFileSync(require.resolve(FONT)));
  const fonts = join(folder, 'own-fonts');
  mkdirSync(fonts);
  writeFileSync(join(fonts, 'source-sans-3.ttf'), font);
  const configuration = join(folder, 'fonts.conf');
  const inherited = '/etc/fonts/fonts.conf';
  writeFileSync(configuration, fontsConfiguration(folder, { folders: [fonts], inherited }));
  return { FONTCONFIG_FILE: configuration };
}
