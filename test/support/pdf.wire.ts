/** What a reader finds in a PDF. */
export interface ReadPdf {
  readonly pages: number;
  readonly text: string;
  readonly title: string | null;
  readonly language: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly id: string;
}

/** What `pdf-text.mjs` answers about a folder: one PDF after the other, by name. */
export type ReadFolder = { readonly folder: string } & (
  { readonly pdfs: readonly ReadPdf[] } | { readonly error: string }
);

export function toReadFolder(message: unknown): ReadFolder {
  return message as ReadFolder;
}
