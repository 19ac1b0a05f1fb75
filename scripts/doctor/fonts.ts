import { type Browser } from 'puppeteer';

/** Latin, Greek and Cyrillic come with Kassa; for other scripts the machine has to have a font. */
const SAMPLES: Readonly<Record<string, string>> = {
  Arabic: 'ع',
  Chinese: '中',
  Hebrew: 'א',
  Hindi: 'ह',
  Japanese: 'あ',
  Korean: '한',
  Thai: 'ก',
};

/** Draws each sample and a character that no font has; whoever looks the same is a box. */
const FIND_BOXES = `(samples) => {
  const draw = (text) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 40;
    const context = canvas.getContext('2d');
    context.font = '24px sans-serif';
    context.fillText(text, 4, 30);
    return canvas.toDataURL();
  };
  const box = draw('\u{3FFFD}');
  return Object.keys(samples).filter((name) => draw(samples[name]) === box);
}`;

/** The scripts whose letters this machine has no font for. */
export async function scriptsWithoutFont(browser: Browser): Promise<readonly string[]> {
  const page = await browser.newPage();
  const found: unknown = await page.evaluate(`(${FIND_BOXES})(${JSON.stringify(SAMPLES)})`);
  return Array.isArray(found) ? found.filter((name) => typeof name === 'string') : [];
}
