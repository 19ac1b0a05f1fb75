import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { KeptLog, pageOf, PDF_SETTINGS } from '../support/pdf';
import { itWithBrowserOnLinux } from '../support/pdf-it';

describe('a browser that starts', () => {
  itWithBrowserOnLinux('removes what programs left that were killed', async () => {
    const renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog());
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = mkdtempSync(join(tmpdir(), 'kassa-browser-'));
    writeFileSync(join(left, 'owner'), `${hostname()} ${pid} 1700000000000`);
    try {
      await renderer.render(pageOf('one'));
    } finally {
      await renderer.onApplicationShutdown();
    }
    expect(existsSync(left)).toBe(false);
  });
});
