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

/** What `pdf-text.mjs` prints. */
export function toReadPdfs(text: string): readonly ReadPdf[] {
  return JSON.parse(text) as ReadPdf[];
}
