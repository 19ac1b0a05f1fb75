/**
 * A map that forgets: it holds `entriesMax` entries at most, and each for as long as fewer than half as many others were
 * set since. It is two maps, of which the older one is dropped as a whole when the younger one is half of all: a single
 * one would look for its oldest entry behind all the entries that were deleted before it.
 */
export class RecentMap<V> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();

  constructor(private readonly entriesMax: number) {}

  /** Entries in memory. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  get(name: string): V | undefined {
    return this.young.get(name) ?? this.old.get(name);
  }

  set(name: string, value: V): void {
    this.young.set(name, value);
    if (this.young.size < this.entriesMax / 2) return;
    this.old = this.young;
    this.young = new Map();
  }

  delete(name: string): void {
    this.young.delete(name);
    this.old.delete(name);
  }
}
