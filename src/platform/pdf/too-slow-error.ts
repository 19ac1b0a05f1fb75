/** A document took all the time that one has: its own fault, or that of a browser or a machine that hangs. */
export class TooSlowError extends Error {
  constructor(milliseconds: number) {
    super(`it takes more than ${milliseconds} ms`);
    this.name = 'TooSlowError';
  }
}
