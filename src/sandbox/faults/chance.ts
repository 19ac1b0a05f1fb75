/** Draws from 0 up to, but without, 1. */
export type Chance = () => number;

/** Without a seed nobody can foresee it; with one it is the same row of numbers every time. */
export function chanceOf(seed: number | undefined): Chance {
  return seed === undefined ? () => Math.random() : seeded(seed);
}

/** Mulberry32 by Tommy Ettinger: small, and even enough to hit some calls and spare others. */
function seeded(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
