import { join } from 'node:path';

export interface FontSources {
  /** Folders with fonts. */
  readonly folders: readonly string[];
  /** A configuration whose fonts are used as well, where it is there. */
  readonly inherited?: string;
}

/** What a browser reads with `FONTCONFIG_FILE`: where fonts are, and its cache of them below `folder`. */
export function fontsConfiguration(folder: string, { folders, inherited }: FontSources): string {
  const lines = [
    ...(inherited ? [`<include ignore_missing="yes">${escaped(inherited)}</include>`] : []),
    ...folders.map((path) => `<dir>${escaped(path)}</dir>`),
    `<cachedir>${escaped(join(folder, 'fonts-cache'))}</cachedir>`,
  ];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${lines.join('\n  ')}
</fontconfig>
`;
}

function escaped(path: string): string {
  return path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
