import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

export const FILE_KINDS = ['pdf', 'ubl', 'facturx'] as const;

export type FileKind = (typeof FILE_KINDS)[number];

export interface InvoiceFile {
  readonly content: Uint8Array;
  readonly contentType: string;
  /** In hexadecimal digits. */
  readonly sha256: string;
  readonly createdAt: Date;
}

interface FileRow {
  readonly content: Buffer;
  readonly content_type: string;
  readonly sha256: string;
  readonly created_at: Date;
}

const find = statement<FileRow>(
  'find-invoice-file',
  'SELECT content, content_type, sha256, created_at FROM invoices.files WHERE invoice_id = $1 AND kind = $2',
);

const store = statement<{ kind: string }>(
  'store-invoice-file',
  `INSERT INTO invoices.files (invoice_id, kind, content, content_type, sha256)
   SELECT $1, $2, c.bytes, $4, encode(sha256(c.bytes), 'hex') FROM (SELECT decode($3, 'base64') AS bytes) c
   ON CONFLICT (invoice_id, kind) DO NOTHING RETURNING kind`,
);

/** What was rendered of an issued invoice: the first one of each kind is kept and served for ever. */
export class InvoiceFiles {
  /** Null when there is none yet. */
  async find(
    on: Queryable,
    { invoiceId, kind }: { readonly invoiceId: string; readonly kind: FileKind },
  ): Promise<InvoiceFile | null> {
    const [row] = await on.query(find, [invoiceId, kind]);
    if (!row) return null;
    const { content, content_type: contentType, sha256, created_at: createdAt } = row;
    return { content, contentType, sha256, createdAt };
  }

  /** False when there was one already: that one stays. */
  async store(
    on: Queryable,
    file: {
      readonly invoiceId: string;
      readonly kind: FileKind;
      readonly content: Uint8Array;
      readonly contentType: string;
    },
  ): Promise<boolean> {
    const { invoiceId, kind, content, contentType } = file;
    const text = Buffer.from(content).toString('base64');
    const rows = await on.query(store, [invoiceId, kind, text, contentType]);
    return rows.length > 0;
  }
}
