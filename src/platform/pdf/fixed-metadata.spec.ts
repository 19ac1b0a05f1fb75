import { fixMetadata } from './fixed-metadata';

const DOCUMENT = { createdAt: new Date('2026-03-04T05:06:07.890Z'), documentId: 'inv_1' };

/** As Chromium writes it: information first, then what is printed, then the offsets. */
function pdfOf({ title = 'x', trailer = '/Size 4\n/Root 3 0 R\n/Info 1 0 R' } = {}): Buffer {
  const info = `1 0 obj\n<</Title (${title})\n/CreationDate (D:20261121183027+00'00')\n/ModDate (D:20261121183027+00'00')>>\nendobj\n`;
  return Buffer.from(
    `%PDF-1.4\n${info}stream\n\xff\x00/CreationDate (D:\nendstream\nxref\n0 4\ntrailer\n<<${trailer}>>\nstartxref\n51\n%%EOF\n`,
    'latin1',
  );
}

function textOf(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString('latin1');
}

describe('the metadata of a PDF', () => {
  it('says when the document was made, not when it was printed', () => {
    const text = textOf(fixMetadata(pdfOf(), DOCUMENT));
    expect(text).toContain("/CreationDate (D:20260304050607+00'00')");
    expect(text).toContain("/ModDate (D:20260304050607+00'00')");
    expect(text).not.toContain('20261121');
  });

  it('moves nothing that an offset points to', () => {
    const before = textOf(pdfOf());
    const after = textOf(fixMetadata(pdfOf(), DOCUMENT));
    expect(after.indexOf('xref\n')).toBe(before.indexOf('xref\n'));
    expect(after.indexOf('stream')).toBe(before.indexOf('stream'));
    expect(after.slice(-20)).toBe(before.slice(-20));
    expect(after.slice(-20)).toContain('startxref\n51');
  });

  it('has an identifier that follows from the document alone', () => {
    const idOf = (documentId: string) =>
      /\/ID \[<([0-9a-f]{32})> <\1>\]/.exec(
        textOf(fixMetadata(pdfOf(), { ...DOCUMENT, documentId })),
      )?.[1];
    expect(idOf('inv_1')).toBeDefined();
    expect(idOf('inv_1')).toBe(idOf('inv_1'));
    expect(idOf('inv_1')).not.toBe(idOf('inv_2'));
  });

  it('counts the nodes of its tables from one, in the order that they had', () => {
    const title = 'node00000007 \\(node00000007\\)';
    const given = pdfOf({ title, trailer: '/A (node00000312) (node00000007) (node00000312)' });
    const text = textOf(fixMetadata(given, DOCUMENT));
    expect(text).toContain('/A (node00000002) (node00000001) (node00000002)');
    expect(text).toContain(title);
  });

  it('leaves what was given as it was', () => {
    const given = pdfOf();
    fixMetadata(given, DOCUMENT);
    expect(given).toEqual(pdfOf());
  });

  it.each([
    ['no date', Buffer.from('%PDF-1.4\ntrailer\n<</Size 1>>\nstartxref\n9\n%%EOF\n')],
    ['an identifier already', pdfOf({ trailer: '/Size 4\n/ID [<00> <00>]' })],
    ['no trailer', pdfOf().subarray(0, 200)],
  ])('is refused where the PDF has %s', (_what, pdf) => {
    expect(() => fixMetadata(pdf, DOCUMENT)).toThrow(/^the PDF has no/);
  });
});
