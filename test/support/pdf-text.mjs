/**
 * Reads PDFs as any reader would: a message names a folder with some, the answer is what each of them says, or why it
 * cannot be read. A program of its own, because the library is an ES module, which jest cannot require; it ends with who asks.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

async function readAll(folder) {
  try {
    const names = (await readdir(folder)).sort();
    return { folder, pdfs: await Promise.all(names.map((name) => read(join(folder, name)))) };
  } catch (error) {
    return { folder, error: String(error) };
  }
}

process.on('message', async (folder) => process.send(await readAll(folder)));
