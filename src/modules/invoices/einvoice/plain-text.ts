/** What XML 1.0 cannot hold, even escaped: control characters, halves of surrogate pairs and two non-characters. */
const UNPRINTABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text that an XML element may hold; undefined for none, because an e-invoice must not have empty elements. */
export function plainText(text: string | null | undefined): string | undefined {
  const plain = (text ?? '').replaceAll(UNPRINTABLE, '').trim();
  return plain === '' ? undefined : plain;
}
