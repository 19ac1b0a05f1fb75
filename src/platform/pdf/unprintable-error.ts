/** The document itself cannot be printed: it takes too long in two browsers, or is too large. Trying again would end the same way. */
export class UnprintableError extends Error {
  constructor(why: string) {
    super(`a document cannot be printed: ${why}`);
    this.name = 'UnprintableError';
  }
}
