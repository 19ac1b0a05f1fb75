import { type Chance, chanceOf } from './chance';
import { type Fault, isEventFault, isMoneyFault, type MoneyFault } from './fault';

/** More switches than any test sets; a forgotten loop must not fill the memory. */
const MAX_FAULTS = 1_000;

interface Waiting {
  fault: Fault;
  chance: Chance;
}

/** The faults that are still waiting for their calls and events, oldest first. In memory only. */
export class FaultList {
  private waiting: Waiting[] = [];

  /** False when there are too many already. */
  add(fault: Fault): boolean {
    if (this.waiting.length >= MAX_FAULTS) return false;
    this.waiting.push({ fault, chance: chanceOf(fault.seed) });
    return true;
  }

  /** The fault that hits this call, used up by one. */
  take(call: { gateway: string; method: string; path: string }): Fault | undefined {
    return this.takeFirst(
      ({ gateway, match, kind }) =>
        !isEventFault(kind) &&
        !isMoneyFault(kind) &&
        gateway === call.gateway &&
        (match.method === undefined || match.method === call.method) &&
        (match.path_contains === undefined || call.path.includes(match.path_contains)),
    );
  }

  /** True when the capture or refund that is just being made has to wait for its money. */
  takeForMoney(kind: MoneyFault): boolean {
    return this.takeFirst((one) => one.gateway === 'paypal' && one.kind === kind) !== undefined;
  }

  /** The fault that hits this event, used up by one. */
  takeForEvent(event: { gateway: string; event_type: string }): Fault | undefined {
    return this.takeFirst(
      ({ gateway, match, kind }) =>
        isEventFault(kind) &&
        gateway === event.gateway &&
        (match.event_type === undefined || match.event_type === event.event_type),
    );
  }

  list(): readonly Fault[] {
    return this.waiting.map(({ fault }) => fault);
  }

  clear(): void {
    this.waiting = [];
  }

  private takeFirst(matches: (fault: Fault) => boolean): Fault | undefined {
    const hit = this.waiting.find(
      ({ fault, chance }) => matches(fault) && chance() < fault.probability,
    );
    if (hit === undefined) return undefined;
    hit.fault.times -= 1;
    if (hit.fault.times === 0) this.waiting = this.waiting.filter((one) => one !== hit);
    return hit.fault;
  }
}
