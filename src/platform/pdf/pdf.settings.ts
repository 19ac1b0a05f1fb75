import { delimiter, isAbsolute } from 'node:path';
import { booleanSetting, parsedSetting, type SettingValues } from '../../shared/settings';
import { readSettings, type SettingReading } from '../../shared/settings-reader';

export const pdfSettings = {
  PUPPETEER_EXECUTABLE_PATH: parsedSetting<string | null>(
    {
      expected: 'be the absolute path of a program',
      parse: (text) => (isAbsolute(text) ? text : undefined),
    },
    {
      about:
        'The browser that prints PDFs. Left out, the ones of the system are looked for, then one in `.cache/browsers`, then the one of the npm package @sparticuz/chromium.',
      cure: 'Use the path of chrome-headless-shell or Chromium, or leave it out.',
      example: '/usr/bin/chromium-headless-shell',
      fallback: null,
    },
  ),
  PDF_SANDBOX: booleanSetting({
    about:
      'Whether the browser walls its pages off by the means of the system. Started by root it cannot, and does not.',
    cure: 'Set it to false only where these means are missing, as in a container that is a wall itself.',
    fallback: true,
  }),
};

/** For a process that was started without one. */
const USUAL_PATH = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

export interface PdfSettings extends SettingValues<typeof pdfSettings> {
  /** Where programs are looked for, in order. */
  readonly searchPath: readonly string[];
  /** Windows starts hardly any program without knowing this; null elsewhere. */
  readonly systemRoot: string | null;
}

export function readPdfSettings(reading: SettingReading): PdfSettings {
  const { source } = reading;
  return {
    ...readSettings(pdfSettings, reading),
    searchPath: (source.read('PATH').text ?? USUAL_PATH).split(delimiter).filter(isAbsolute),
    systemRoot: source.read('SystemRoot').text ?? null,
  };
}
