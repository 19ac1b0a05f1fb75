import { textAt, valueAt } from '../../../src/shared/json';
import { Money } from '../../../src/shared/money/money';

export interface AcmeAnswer {
  readonly status: number;
  readonly body: object;
}

interface AcmeCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The caller's; the same one again is answered with the same thing. */
  readonly key: string;
  /** What the addresses of pay pages begin with. */
  readonly page: string;
}

interface Checkout {
  readonly id: string;
  readonly ref: string;
  readonly cents: bigint;
  readonly currency: string;
  status: 'waiting' | 'agreed' | 'collected';
  isBroke: boolean;
  collectedAt: string | null;
  readonly returned: Return[];
}

interface Return {
  readonly id: string;
  readonly ref: string;
  readonly cents: bigint;
  readonly at: string;
}

interface AcmeEvent {
  readonly number: string;
  readonly about: string;
  readonly checkout: string;
  readonly at: string;
}

/** What Acme keeps: checkouts, what was collected of them and what went back. */
export class AcmeBooks {
  readonly events: AcmeEvent[] = [];
  private readonly checkouts = new Map<string, Checkout>();
  /** Key → what it made. */
  private readonly made = new Map<string, string>();
  private count = 100;

  moneyOf(id: string): { readonly taken: bigint; readonly returned: bigint } {
    const checkout = this.checkouts.get(id);
    if (!checkout) return { taken: 0n, returned: 0n };
    const taken = checkout.status === 'collected' ? checkout.cents : 0n;
    return { taken, returned: sumOf(checkout.returned) };
  }

  heldFor(ref: string): number {
    return [...this.checkouts.values()].filter((one) => one.ref === ref).length;
  }

  /** The payer at the pay page. */
  press(id: string, button: string): boolean {
    const checkout = this.checkouts.get(id);
    if (!checkout) return false;
    checkout.isBroke = button === 'decline';
    this.move(checkout, 'agreed');
    return true;
  }

  answer(call: AcmeCall): AcmeAnswer {
    const [, collection, id = '', part] = call.path.replace(/\?.*$/, '').split('/');
    if (collection === 'me') return { status: 200, body: { shop: 'Chairs' } };
    if (collection === 'events') return { status: 200, body: { items: this.events } };
    if (collection === 'returns') return this.showReturn(id);
    if (id === '') return this.create(call);
    const checkout = this.checkouts.get(id);
    if (!checkout) return problem(404, 'no_such_checkout');
    if (call.method === 'PATCH') return this.collect(checkout, call);
    if (part !== 'returns') return { status: 200, body: show(checkout, call.page) };
    if (call.method === 'POST') return this.giveBack(checkout, call);
    return {
      status: 200,
      body: { items: checkout.returned.map((one) => showReturn(checkout, one)) },
    };
  }

  private create({ body, key, page }: AcmeCall): AcmeAnswer {
    const [price = '', currency = ''] = (textAt(body, 'price') ?? '').split(' ');
    const money = Money.fromDecimal(price, currency);
    const known = this.checkouts.get(this.made.get(key) ?? '');
    if (known) return { status: 200, body: show(known, page) };
    if (!money) return problem(422, 'price_unreadable');
    const checkout: Checkout = {
      id: `co-${++this.count}`,
      ref: textAt(body, 'ref') ?? '',
      cents: money.minor,
      currency,
      status: 'waiting',
      isBroke: false,
      collectedAt: null,
      returned: [],
    };
    this.checkouts.set(checkout.id, checkout);
    this.made.set(key, checkout.id);
    return { status: 201, body: show(checkout, page) };
  }

  private collect(checkout: Checkout, { page }: AcmeCall): AcmeAnswer {
    if (checkout.status === 'waiting') return problem(409, 'payer_has_not_agreed');
    if (checkout.status === 'agreed') {
      if (checkout.isBroke) return problem(402, 'payer_is_broke');
      checkout.collectedAt = new Date().toISOString();
      this.move(checkout, 'collected');
    }
    return { status: 200, body: show(checkout, page) };
  }

  private giveBack(checkout: Checkout, { body, key }: AcmeCall): AcmeAnswer {
    const known = checkout.returned.find(({ id }) => id === this.made.get(key));
    if (known) return { status: 200, body: showReturn(checkout, known) };
    const cents = BigInt(Number(valueAt(body, 'cents')));
    const left = this.moneyOf(checkout.id).taken - sumOf(checkout.returned);
    if (cents > left) return problem(422, 'more_than_is_left');
    const made = {
      id: `re-${++this.count}`,
      ref: textAt(body, 'ref') ?? '',
      cents,
      at: new Date().toISOString(),
    };
    checkout.returned.push(made);
    this.made.set(key, made.id);
    return { status: 201, body: showReturn(checkout, made) };
  }

  private showReturn(id: string): AcmeAnswer {
    for (const checkout of this.checkouts.values()) {
      const found = checkout.returned.find((one) => one.id === id);
      if (found) return { status: 200, body: showReturn(checkout, found) };
    }
    return problem(404, 'no_such_return');
  }

  private move(checkout: Checkout, status: 'agreed' | 'collected'): void {
    checkout.status = status;
    const number = `ev-${++this.count}`;
    const at = new Date().toISOString();
    this.events.push({ number, about: `checkout ${status}`, checkout: checkout.id, at });
  }
}

function show(checkout: Checkout, page: string): object {
  const { id, ref, cents, currency, status, collectedAt } = checkout;
  return {
    id,
    ref,
    status,
    cents: Number(cents),
    currency,
    page: page + id,
    collected_at: collectedAt,
  };
}

function showReturn({ id: checkout, currency }: Checkout, { id, ref, cents, at }: Return): object {
  return { id, checkout, ref, status: 'arrived', cents: Number(cents), currency, at };
}

function sumOf(returned: readonly Return[]): bigint {
  return returned.reduce((sum, { cents }) => sum + cents, 0n);
}

function problem(status: number, word: string): AcmeAnswer {
  return { status, body: { problem: word } };
}
