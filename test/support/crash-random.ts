/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Decisions that follow from a seed and the name of who decides, whatever the others do meanwhile. */
export class Dice {
  private readonly random: () => number;

  constructor({ seed, name }: { readonly seed: number; readonly name: string }) {
    this.random = randomFrom(hashOf(`${seed} ${name}`));
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  between(min: number, max: number): number {
    return min + this.random() * (max - min);
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return others[Math.floor(this.random() * (others.length + 1))] ?? first;
  }

  /** Fisher and Yates. */
  shuffled<T>(given: readonly T[]): readonly T[] {
    const rest = [...given];
    const taken: T[] = [];
    while (rest.length > 0) taken.push(...rest.splice(Math.floor(this.random() * rest.length), 1));
    return taken;
  }
}

/** FNV-1a: names that differ in one letter give seeds that have nothing in common. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
