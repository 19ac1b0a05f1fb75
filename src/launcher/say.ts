/** One line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`kassa: ${line}\n`);
}

/** A reader that went away (`npm start | head`) must not end us before the others are stopped. */
export function surviveClosedOutput(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
