/** Reads `a.b.c` into numbers; anything after them (a pre-release tag) is left out. */
function parse(text) {
  const [major = 0, minor = 0, patch = 0] = text.split(/[.-]/).map(Number);
  return [major, minor, patch];
}

function compare(left, right) {
  for (let index = 0; index < 3; index += 1) {
    if (left[index] !== right[index]) return left[index] - right[index];
  }
  return 0;
}

function satisfiesOne(version, range) {
  const wanted = parse(range.replace(/^(\^|>=)/, ''));
  if (compare(version, wanted) < 0) return false;
  return range.startsWith('>=') || version[0] === wanted[0];
}

/** Understands the two forms that our `engines` field uses: `^a.b.c` and `>=a.b.c`, joined by `||`. */
export function satisfies(version, ranges) {
  const parsed = parse(version);
  return ranges.split('||').some((range) => satisfiesOne(parsed, range.trim()));
}
