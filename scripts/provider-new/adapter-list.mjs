const IMPORT = /^import \{ \w+Adapter \} from '\.\/[\w/.]+\.provider';$/;
const ENTRY = /^ {2}\w+Adapter,$/;

/** The text of src/providers/providers.ts with one adapter more, or null when it is written otherwise. */
export function withAdapter(text, name) {
  const lines = text.split('\n');
  const lastImport = lines.findLastIndex((line) => IMPORT.test(line));
  const lastEntry = lines.findLastIndex((line) => ENTRY.test(line));
  const isThere = lines.includes(`  ${name}Adapter,`);
  if (lastImport === -1 || lastEntry < lastImport || isThere) return null;
  return [
    ...lines.slice(0, lastImport + 1),
    `import { ${name}Adapter } from './${name}/${name}.provider';`,
    ...lines.slice(lastImport + 1, lastEntry + 1),
    `  ${name}Adapter,`,
    ...lines.slice(lastEntry + 1),
  ].join('\n');
}
