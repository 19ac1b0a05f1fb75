import { setTimeout as sleep } from 'node:timers/promises';
import { textAt } from '../../src/shared/json';
import { type Reply } from './crash-ask';
import { type Command, insist, look, type Shop } from './crash-clients';
import { Dice } from './crash-random';
import { pressOnPayPage, type PayAction } from './pay-page';
import { CANCEL_URL, RETURN_URL } from './payments';

/** What a payer does at the gateway, and how often. */
const PAYERS: readonly (readonly [Payer, number])[] = [
  ['pays', 0.68],
  ['declined, then pays', 0.06],
  ['cancels', 0.05],
  ['pays late', 0.07],
  ['never comes back', 0.07],
  ['never pays', 0.03],
  ['pays by eCheck', 0.04],
];
type Payer =
  | 'pays'
  | 'declined, then pays'
  | 'cancels'
  | 'pays late'
  | 'never comes back'
  | 'never pays'
  | 'pays by eCheck';

/** The page sends the payer back to the shop. */
const SENT_BACK = 303;
const LATE_MS = { min: 1_000, max: 4_000 };
const SENT_TWICE = 0.25;
const APPROVED_BY_MANY = 0.3;
const APPROVALS_AT_ONCE = 8;
const CANCELED_MEANWHILE = 0.35;

export interface Order {
  readonly at: number;
  readonly seed: number;
}

/** One order of a shop, from the basket to the last answer; every decision in it follows from the seed. */
export async function order(shop: Shop, { at, seed }: Order): Promise<void> {
  const dice = new Dice({ seed, name: `order ${at}` });
  const payer = payerOf(dice);
  const gateway = dice.pick('paypal', 'paypro');
  const isAuto = payer === 'never comes back' && dice.chance(0.7);
  const body = {
    ...basket(shop, { gateway, at }),
    ...(isAuto ? { auto_approve: true } : {}),
  };
  const made = await create({ shop, dice, at }, body);
  const id = textAt(made?.body, 'id');
  const checkoutUrl = textAt(made?.body, 'checkout_url');
  if (id === null) return;
  const visit = new Visit({ shop, dice, at, id, checkoutUrl });
  await visit.pay(payer);
  if (isAuto && visit.isAgreedTo) shop.due.add(id);
  if (payer !== 'never comes back' && payer !== 'never pays') await visit.decide(payer);
  await look(shop, id);
}

interface Making {
  readonly shop: Shop;
  readonly dice: Dice;
  readonly at: number;
}

/** A quarter is sent twice at once, and both must become the same payment. */
async function create({ shop, dice, at }: Making, body: object): Promise<Reply | null> {
  const command: Command = {
    path: '/api/payments',
    idempotencyKey: `order-${at}`,
    body,
    payment: null,
  };
  const times = dice.chance(SENT_TWICE) ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: times }, () => insist(shop, command, dice)),
  );
  const made = answers.filter((answer) => answer?.status === 201);
  const ids = new Set(made.map((answer) => textAt(answer?.body, 'id')));
  if (ids.size > 1) shop.history.complain(`order ${at}: one key made ${[...ids].join(' and ')}`);
  return made[0] ?? null;
}

function basket({ world }: Shop, order_: { readonly gateway: string; readonly at: number }) {
  return {
    provider: order_.gateway,
    amount: 1000 + (order_.at % 50),
    currency: 'EUR',
    customer: world.customer,
    description: `Order ${order_.at}`,
    return_url: RETURN_URL,
    cancel_url: CANCEL_URL,
  };
}

function payerOf(dice: Dice): Payer {
  let rest = dice.between(0, 1);
  for (const [payer, part] of PAYERS) {
    rest -= part;
    if (rest < 0) return payer;
  }
  return 'pays';
}

interface Visited extends Making {
  readonly id: string;
  /** Null where the create was canceled or is not settled: nobody can pay then. */
  readonly checkoutUrl: string | null;
}

/** What happens to one payment after it was made. */
class Visit {
  isAgreedTo = false;

  constructor(private readonly about: Visited) {}

  async pay(payer: Payer): Promise<void> {
    const { dice } = this.about;
    switch (payer) {
      case 'pays':
      case 'never comes back':
        return this.press('pay');
      case 'declined, then pays':
        return this.press('decline');
      case 'cancels':
        return this.press('cancel');
      case 'pays by eCheck':
        // A page without that button makes the payer pay otherwise.
        await this.press('pending');
        return this.press('pay');
      case 'pays late': {
        const late = sleep(dice.between(LATE_MS.min, LATE_MS.max)).then(() => this.press('pay'));
        this.about.shop.later.push(late);
        return;
      }
      case 'never pays':
    }
  }

  /** Approves, mostly several times at once; in a third of the cases somebody cancels at the same moment. */
  async decide(payer: Payer): Promise<void> {
    const { dice } = this.about;
    const count = dice.chance(APPROVED_BY_MANY) ? APPROVALS_AT_ONCE : 1;
    const verbs: string[] = Array.from({ length: count }, () => 'approve');
    if (dice.chance(CANCELED_MEANWHILE)) verbs.splice(dice.pick(0, 1, count), 0, 'cancel');
    await this.commands(verbs, 1);
    if (payer === 'declined, then pays') {
      await this.press('pay');
      await this.commands(['approve'], 2);
    }
  }

  private async commands(verbs: readonly string[], round: number): Promise<void> {
    const { shop, dice, at, id } = this.about;
    await Promise.all(
      verbs.map(async (verb, nth) => {
        const idempotencyKey = `order-${at}-${verb}-${round}-${nth}`;
        const path = `/api/payments/${id}/${verb}`;
        const answer = await insist(shop, { path, idempotencyKey, payment: id }, dice);
        if (answer?.status === 200) await look(shop, id);
      }),
    );
  }

  /** A payment that cannot be paid any more refuses, and a payer shrugs. */
  private async press(action: PayAction): Promise<void> {
    const { checkoutUrl } = this.about;
    if (checkoutUrl === null) return;
    const pressed = await pressOnPayPage(checkoutUrl, action).catch(() => null);
    if (pressed?.status === SENT_BACK && action === 'pay') this.isAgreedTo = true;
  }
}
