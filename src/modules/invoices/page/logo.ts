import { readFileSync, statSync } from 'node:fs';
import { parsedSetting, type Setting } from '../../../shared/settings';

/** It goes into every document and every PDF, so it is kept small; 256 kB print sharply at the size of a letterhead. */
const BYTES_MAX = 256 * 1024;

interface PictureKind {
  readonly mediaType: string;
  /** The bytes that every file of the kind begins with. */
  readonly signature: Buffer;
}

/** No SVG: it can hold scripts and links to elsewhere. */
const KINDS: readonly PictureKind[] = [
  { mediaType: 'image/png', signature: Buffer.from('89504e470d0a1a0a', 'hex') },
  { mediaType: 'image/jpeg', signature: Buffer.from('ffd8ff', 'hex') },
];

/** The path of the issuer's logo in the environment, the picture as a `data:` URL in the program. */
export const logoSetting: Setting<string | null> = parsedSetting<string | null>(
  {
    expected: 'name a readable PNG or JPEG file of at most 256 kB',
    parse: (path) => readLogo(path) ?? undefined,
  },
  {
    about: 'The file with the logo for invoices; without it they show the name of the issuer.',
    cure: 'Save the logo as PNG or JPEG, 1000 pixels wide at most; SVG is refused because it can hold scripts.',
    example: '/etc/kassa/logo.png',
    fallback: null,
  },
);

/** Null for a file that cannot be read, is too large or begins like no picture that we take. */
export function readLogo(path: string): string | null {
  const content = contentOf(path);
  const kind = KINDS.find(({ signature }) =>
    content?.subarray(0, signature.length).equals(signature),
  );
  return content && kind ? `data:${kind.mediaType};base64,${content.toString('base64')}` : null;
}

function contentOf(path: string): Buffer | null {
  try {
    // Asked first: a wrong path may name a pipe or a device, which has no end.
    const file = statSync(path);
    return file.isFile() && file.size <= BYTES_MAX ? readFileSync(path) : null;
  } catch {
    return null;
  }
}
