import qrcode from 'qrcode-generator';
import { type Html, html } from '../../../shared/html';

/** White modules around the code, which scanners need: ISO/IEC 18004 asks for four. */
const QUIET_ZONE = 4;
/** Version 40 with medium error correction, ISO/IEC 18004 table 7. */
const BYTES_MAX = 2331;

/**
 * A QR code of the text in UTF-8, with medium error correction, as a picture that prints sharply at any size. Null where
 * none holds the text: what it says is lost then, but not the document.
 */
export function qrCode(text: string, label: string): Html | null {
  if (Buffer.byteLength(text) > BYTES_MAX) return null;
  // 0 takes the smallest version that holds the text.
  const code = qrcode(0, 'M');
  // The library makes a byte of each character, so it gets the bytes as characters.
  code.addData(Buffer.from(text, 'utf8').toString('latin1'), 'Byte');
  code.make();
  const size = String(code.getModuleCount() + 2 * QUIET_ZONE);
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <path d="${darkModules(code)}" />
  </svg>`;
}

/** One stroke for every run of dark modules in a row. */
function darkModules(code: QRCode): string {
  const size = code.getModuleCount();
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (code.isDark(row, column) ? '1' : '0')).join(''),
  );
  return rows
    .flatMap((modules, row) =>
      [...modules.matchAll(/1+/g)].map(({ index, 0: run }) => {
        const length = String(run.length);
        return `M${index + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`;
      }),
    )
    .join('');
}
