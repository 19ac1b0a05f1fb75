import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { HANGING_PAGE, KeptLog, pageOf, PDF_SETTINGS } from './pdf';

/** By then the browser lays out the page that never ends. */
const BUSY_AFTER_MS = 500;

/** A program that prints one page, and tells whoever started it once it is busy with one that never ends. */
async function main(): Promise<void> {
  const renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog());
  await renderer.render(pageOf('first'));
  setTimeout(() => process.send?.('busy'), BUSY_AFTER_MS);
  await renderer.render(HANGING_PAGE);
}

main().then(
  () => process.exit(0),
  () => process.exit(1),
);
