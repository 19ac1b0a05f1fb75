/**
 * Splits whole minor units in proportion to the weights, by largest remainder: the shares add up to `total` exactly, and
 * each is the exact share rounded up or down. Of equal remainders the earlier weight gets the unit. Nothing may be
 * negative; with no weight at all there must be nothing to split.
 */
export function distribute(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError('there is nobody to take a share');
    return weights.map(() => 0n);
  }
  const shares = weights.map((weight, at) => ({
    at,
    floor: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }));
  const left = total - shares.reduce((all, { floor }) => all + floor, 0n);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.at - b.at : a.remainder < b.remainder ? 1 : -1,
  );
  const lucky = new Set(byRemainder.slice(0, Number(left)).map(({ at }) => at));
  return shares.map(({ at, floor }) => (lucky.has(at) ? floor + 1n : floor));
}
