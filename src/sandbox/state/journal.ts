import { open, type FileHandle } from 'node:fs/promises';

/** The append-only file. `append` is immediate; `durable` is when everything appended so far is on the disk. */
export interface Journal {
  append(line: string): void;
  durable(): Promise<void>;
  close(): Promise<void>;
}

/** For a simulator without a file: nothing to write, nothing to wait for. */
export const noJournal: Journal = {
  append: () => undefined,
  durable: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export async function openJournal(file: string, fsync: boolean): Promise<Journal> {
  return new FileJournal(await open(file, 'a'), fsync);
}

/** Lines that arrive while a write is under way share the next write and its fsync. */
class FileJournal implements Journal {
  private pending: string[] = [];
  private writing: Promise<void> | undefined;
  private failure: unknown;

  constructor(
    private readonly handle: FileHandle,
    private readonly fsync: boolean,
  ) {}

  append(line: string): void {
    this.pending.push(`${line}\n`);
  }

  async durable(): Promise<void> {
    // The write under way may have started before our lines: wait for it, then for the one with them.
    while (this.writing !== undefined || this.pending.length > 0) {
      this.writing ??= this.writePending().finally(() => (this.writing = undefined));
      await this.writing;
    }
    if (this.failure !== undefined)
      throw new Error('the data file cannot be written', { cause: this.failure });
  }

  async close(): Promise<void> {
    await this.durable();
    await this.handle.close();
  }

  /** After a failed write the tail of the file is unknown, so nothing is written or promised again. */
  private async writePending(): Promise<void> {
    const text = this.pending.join('');
    this.pending = [];
    if (this.failure !== undefined) return;
    try {
      await this.handle.appendFile(text);
      if (this.fsync) await this.handle.datasync();
    } catch (error) {
      this.failure = error;
    }
  }
}
