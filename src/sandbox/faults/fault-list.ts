import { type Fault } from './fault';

/** More switches than any test sets; a forgotten loop must not fill the memory. */
const MAX_FAULTS = 1_000;

/** The faults that are still waiting for their calls, oldest first. In memory only. */
export class FaultList {
  private faults: Fault[] = [];

  /** False when there are too many already. */
  add(fault: Fault): boolean {
    if (this.faults.length >= MAX_FAULTS) return false;
    this.faults.push(fault);
    return true;
  }

  /** The fault that hits this call, used up by one. */
  take(call: { gateway: string; method: string; path: string }): Fault | undefined {
    const hit = this.faults.find(
      ({ gateway, match }) =>
        gateway === call.gateway &&
        (match.method === undefined || match.method === call.method) &&
        (match.path_contains === undefined || call.path.includes(match.path_contains)),
    );
    if (hit === undefined) return undefined;
    hit.times -= 1;
    if (hit.times === 0) this.faults = this.faults.filter((fault) => fault !== hit);
    return hit;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }
}
