import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { commandLine, isAlive, parentOf } from '../../src/launcher/process-info';
import { type LogFields, Logger } from '../../src/platform/logging/log';
import { BROWSER_CACHE, CHECKOUT, findInstalled } from '../../src/platform/pdf/find-browsers';
import { findPackagedBrowser } from '../../src/platform/pdf/packaged-browser';
import { type PdfSettings } from '../../src/platform/pdf/pdf.settings';
import { type PrintedPage } from '../../src/platform/pdf/printed-page';
import { valueAt } from '../../src/shared/json';
import { type ReadFolder, type ReadPdf, toReadFolder } from './pdf.wire';

/** As the program reads them from an environment that says nothing about PDFs. */
export const PDF_SETTINGS: PdfSettings = {
  PUPPETEER_EXECUTABLE_PATH: null,
  PDF_SANDBOX: true,
  searchPath: (process.env['PATH'] ?? '').split(delimiter),
  systemRoot: process.env['SystemRoot'] ?? null,
};

/** Whether anything here can print. */
export const HAS_BROWSER =
  findInstalled(PDF_SETTINGS.searchPath).length > 0 ||
  existsSync(BROWSER_CACHE) ||
  findPackagedBrowser(CHECKOUT) !== null;

export function pageOf(body: string, changes: Partial<PrintedPage> = {}): PrintedPage {
  return {
    html: `<!doctype html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`,
    footerHtml:
      '<p style="font-size: 8px">sheet <span class="pageNumber"></span> of <span class="totalPages"></span></p>',
    title: 'A document',
    language: 'en',
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    documentId: 'document-1',
    ...changes,
  };
}

/** A hundred thousand sheets. */
export const HANGING_PAGE = pageOf('<p style="break-after: page">x</p>'.repeat(100_000));

/** Reads the PDFs back with a library that shares nothing with the browser that made them. */
export async function readPdfs(pdfs: readonly Uint8Array[]): Promise<readonly ReadPdf[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-pdf-'));
  try {
    pdfs.forEach((pdf, at) => writeFileSync(join(folder, String(at).padStart(6, '0')), pdf));
    const read = await askReader(folder);
    if ('error' in read) throw new Error(read.error);
    return read.pdfs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const READER = join(__dirname, 'pdf-text.mjs');
/** One for all tests of a process: loading the library takes longer than reading with it. */
let reader: ChildProcess | null = null;

/** Fails when the reader ends before it answers. */
function askReader(folder: string): Promise<ReadFolder> {
  if (reader === null || !reader.connected) {
    reader = fork(READER);
    // Whoever asks is told; without a listener it would end the tests.
    reader.on('error', () => (reader = null)).on('exit', () => (reader = null));
    // It does not keep the test run from ending, and ends with it.
    reader.unref();
    reader.channel?.unref();
  }
  const asked = reader;
  return new Promise((resolve, reject) => {
    const done = (): void => {
      asked.off('message', answered).off('exit', ended);
    };
    const answered = (message: unknown): void => {
      const read = toReadFolder(message);
      if (read.folder !== folder) return;
      done();
      resolve(read);
    };
    const ended = (code: number | null): void => {
      done();
      reject(new Error(`the reader of PDFs ended with ${code}`));
    };
    asked.on('message', answered).on('exit', ended);
    asked.send(folder, (error) => {
      if (error !== null) ended(null);
    });
  });
}

export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const [read] = await readPdfs([pdf]);
  if (read === undefined) throw new Error('no PDF was read');
  return read;
}

/** Browsers that a process started, of ours unless another is named; only where the system shows its processes. */
export function browsersOf(parent = process.pid): readonly number[] {
  return allPids().filter(
    (pid) => parentOf(pid) === parent && commandLine(pid)?.includes('kassa-browser-') === true,
  );
}

/** All that use the profile of a browser: itself and everything that it started. */
export function processesWith(profile: string): readonly number[] {
  return allPids().filter((pid) => isAlive(pid) && commandLine(pid)?.includes(profile) === true);
}

export function profileOf(browser: number): string {
  const found = /--user-data-dir=(\S+)/.exec(commandLine(browser) ?? '');
  if (found?.[1] === undefined) throw new Error(`process ${browser} is no browser`);
  return found[1];
}

function allPids(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Keeps what was logged. */
export class KeptLog extends Logger {
  readonly messages: string[] = [];
  readonly fields: LogFields[] = [];

  debug(fields: LogFields, message = ''): void {
    this.keep(fields, message);
  }
  info(fields: LogFields, message = ''): void {
    this.keep(fields, message);
  }
  warn(fields: LogFields, message = ''): void {
    this.keep(fields, message);
  }
  error(fields: LogFields, message = ''): void {
    this.keep(fields, message);
  }

  private keep(fields: LogFields, message: string): void {
    this.messages.push(message);
    this.fields.push(fields);
  }

  /** The values of one field, in order. */
  valuesOf(name: string): readonly unknown[] {
    return this.fields
      .map((fields) => valueAt(fields, name))
      .filter((value) => value !== undefined);
  }
}
