/**
 * Reads PDFs (paths as arguments) as any reader would, and prints what they say as JSON. A program of its own, because
 * the library is an ES module, which jest cannot require.
 */
import { readFile } from 'node:fs/promises';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

async function read(path) {
  const pdf = await getDocumentProxy(new Uint8Array(await readFile(path)));
  const { totalPages, text } = await extractText(pdf);
  const { info } = await getMeta(pdf);
  return {
    pages: totalPages,
    text: text.join('\n'),
    title: info.Title ?? null,
    language: info.Language ?? null,
    created: info.CreationDate ?? null,
    modified: info.ModDate ?? null,
    id: pdf.fingerprints[0],
  };
}

process.stdout.write(JSON.stringify(await Promise.all(process.argv.slice(2).map(read))));
