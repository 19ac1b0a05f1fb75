/** Something that runs beside the launcher and has to be stopped by it. */
export interface Part {
  readonly name: string;
  /** Settles with how it ended, in words that follow the name; never rejects. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Stops the last started first: whoever uses another part is gone before that part goes. */
export async function stopAll(
  parts: readonly Part[],
  report: (line: string) => void,
): Promise<boolean> {
  let clean = true;
  for (const part of [...parts].reverse()) {
    try {
      await part.stop();
    } catch (error) {
      clean = false;
      report(`${part.name} could not be stopped: ${String(error)}`);
    }
  }
  return clean;
}
