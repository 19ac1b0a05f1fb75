/** A document ready for the printer: everything that its PDF shows and says about itself, and nothing to be fetched. */
export interface PrintedPage {
  /** One self-contained HTML document: styles, fonts and pictures are inside of it. */
  readonly html: string;
  /** HTML for the bottom of every page; elements of the classes `pageNumber` and `totalPages` are filled in. */
  readonly footerHtml: string;
  readonly title: string;
  /** BCP 47, such as `nl`. */
  readonly language: string;
  /** The PDF's own date, so that the same page gives the same bytes on every day. */
  readonly createdAt: Date;
  /** What the PDF's own identifier is made from. */
  readonly documentId: string;
}
