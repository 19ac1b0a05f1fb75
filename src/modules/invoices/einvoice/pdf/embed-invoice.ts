import { createHash } from 'node:crypto';
import { type PDFDocument } from '@cantoo/pdf-lib';
import { type InvoiceDocument } from '../../domain/invoice-document';
import { plainText } from '../plain-text';
import { srgbProfile } from './srgb-profile';
import { type PdfMetadata, xmpPacket } from './xmp-packet';

type PdfLibrary = typeof import('@cantoo/pdf-lib');

interface Embedding {
  readonly document: InvoiceDocument;
  readonly pdf: Uint8Array;
  readonly xml: string;
}

/** The name that Factur-X prescribes, by which readers find the invoice. */
const FILE_NAME = 'factur-x.xml';
const PRODUCER = 'Kassa';
/** After so many objects of the file other work gets its turn. */
const OBJECTS_PER_TICK = 50;
/** Annotations without this flag (print) are not allowed in PDF/A. */
const PRINT_FLAG = 4;

/** Adds to a PDF what makes it a Factur-X document; all dates and ids come from the document and the bytes. */
export async function embedInvoice({ document, pdf, xml }: Embedding): Promise<Uint8Array> {
  const library = await import('@cantoo/pdf-lib');
  const target = await library.PDFDocument.load(pdf, { updateMetadata: false });
  const metadata = metadataOf(document);
  await attach(target, { xml, metadata, library });
  describe(target, { metadata, library });
  setOutputIntent(target, library);
  setXmp(target, { metadata, library });
  setIdentity(target, { content: [pdf, Buffer.from(xml)], library });
  printAnnotations(target, library);
  await target.flush();
  return library.PDFStreamWriter.forContext(target.context, OBJECTS_PER_TICK).serializeToBuffer();
}

function metadataOf({ issuer, number, issued_at: issuedAt, kind }: InvoiceDocument): PdfMetadata {
  const what = kind === 'invoice' ? 'Invoice' : 'Credit note';
  return {
    title: `${what} ${number}`,
    author: plainText(issuer.name) ?? '',
    producer: PRODUCER,
    createdAt: new Date(issuedAt),
  };
}

async function attach(
  target: PDFDocument,
  { xml, metadata, library }: { xml: string; metadata: PdfMetadata; library: PdfLibrary },
): Promise<void> {
  await target.attach(Buffer.from(xml), FILE_NAME, {
    mimeType: 'text/xml',
    description: 'Factur-X',
    creationDate: metadata.createdAt,
    modificationDate: metadata.createdAt,
    afRelationship: library.AFRelationship.Alternative,
  });
}

/** PDF/A wants the old information dictionary and XMP to say the same, so nothing else may stay in it. */
function describe(
  target: PDFDocument,
  { metadata, library }: { metadata: PdfMetadata; library: PdfLibrary },
): void {
  const { Info: former } = target.context.trailerInfo;
  if (former instanceof library.PDFRef) target.context.delete(former);
  target.context.trailerInfo.Info = target.context.register(target.context.obj({}));
  target.setTitle(metadata.title);
  target.setAuthor(metadata.author);
  target.setCreator(metadata.producer);
  target.setProducer(metadata.producer);
  target.setCreationDate(metadata.createdAt);
  target.setModificationDate(metadata.createdAt);
}

/** Says what the pages mean by red, green and blue. */
function setOutputIntent(target: PDFDocument, { PDFName, PDFString }: PdfLibrary): void {
  const { context, catalog } = target;
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3 }));
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: profile,
  });
  catalog.set(PDFName.of('OutputIntents'), context.obj([context.register(intent)]));
}

/** PDF/A forbids to compress it: whoever archives must read it without a PDF reader. */
function setXmp(
  target: PDFDocument,
  { metadata, library }: { metadata: PdfMetadata; library: PdfLibrary },
): void {
  const packet = Buffer.from(xmpPacket(metadata, FILE_NAME));
  const stream = target.context.stream(packet, { Type: 'Metadata', Subtype: 'XML' });
  target.catalog.set(library.PDFName.of('Metadata'), target.context.register(stream));
}

/** The file identifier, which PDF/A demands and which is otherwise made of the time of day. */
function setIdentity(
  target: PDFDocument,
  { content, library }: { content: readonly Uint8Array[]; library: PdfLibrary },
): void {
  const hash = createHash('sha256');
  for (const part of content) hash.update(part);
  const id = library.PDFHexString.of(hash.digest('hex').slice(0, 32));
  target.context.trailerInfo.ID = target.context.obj([id, id]);
}

function printAnnotations(target: PDFDocument, { PDFDict, PDFName, PDFNumber }: PdfLibrary): void {
  const flags = PDFName.of('F');
  const annotations = target.getPages().flatMap((page) => page.node.Annots()?.asArray() ?? []);
  for (const one of annotations) {
    const annotation = target.context.lookupMaybe(one, PDFDict);
    const before = annotation?.lookupMaybe(flags, PDFNumber)?.asNumber() ?? 0;
    annotation?.set(flags, PDFNumber.of(before | PRINT_FLAG));
  }
}
