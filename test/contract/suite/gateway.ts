import {
  type PaymentProvider,
  type ProviderPayment,
} from '../../../src/providers/payment-provider';
import { accountPrefix, type Adapter } from '../../../src/providers/provider-adapter';
import { type ProviderCallLine } from '../../../src/providers/provider-http';
import { type RawNotification } from '../../../src/providers/provider-parts';
import { systemClock } from '../../../src/shared/clock';
import { type Money } from '../../../src/shared/money/money';
import { environmentSource, type SettingProblem } from '../../../src/shared/settings-reader';
import { PatientHttp } from './patience';

/** Setting name without the account's prefix → value, as an operator would write it. */
export type Settings = Readonly<Record<string, string>>;

/** An adapter and the gateway that it is held against. */
export interface GatewayUnderContract {
  readonly title: string;
  readonly adapter: Adapter;
  /** All settings that need no running gateway. */
  readonly settings: Settings;
  /** Settings of somebody whom the gateway does not know, over the others. */
  readonly stranger: Settings;
  /** What may appear in no line of the log and in nothing that is stored. */
  readonly secrets: readonly string[];
  /** A payment that it takes: one word of its own for a pay method, or none. */
  readonly amount: Money;
  readonly payMethods: readonly string[];
  /** Ids that look like its own and were never given. */
  readonly neverGiven: { readonly payment: string; readonly refund: string };
  start(): Promise<RunningGateway>;
}

/** What the port may send; `read` and `find` change nothing. */
export type GatewayCall = 'create' | 'read' | 'find' | 'capture' | 'cancel' | 'refund';

/**
 * `error_before`: 5xx, nothing was done; `error_after`: 5xx, and it was; `drop_before`, `drop_after`: the same without an
 * answer; `garbage`: done, answered with what is no JSON; `delay`: done, answered too late; `rate_limit`: 429 with
 * Retry-After, nothing was done; `wrong_amount`: answers another amount; `unknown_state`: answers a new word.
 */
export type Mischief =
  | 'error_before'
  | 'error_after'
  | 'drop_before'
  | 'drop_after'
  | 'garbage'
  | 'delay'
  | 'rate_limit'
  | 'wrong_amount'
  | 'unknown_state';

/** The gateway as its own documentation describes it, and what only its people and its payers can do. */
export interface RunningGateway {
  /** Where it is, and what else is known once it runs. */
  readonly settings: Settings;
  /** Forgets the mischief that did not happen and the calls that it saw. */
  reset(): Promise<void>;
  /** The next call of this kind goes wrong, once; the pause is for `delay`, in milliseconds. */
  misbehave(call: GatewayCall, mischief: Mischief): Promise<void>;
  /** How many calls of this kind arrived since the last reset. */
  arrived(call: GatewayCall): Promise<number>;
  /** The payer on the pay page. */
  press(payment: ProviderPayment, button: 'pay' | 'decline'): Promise<void>;
  /** Minor units that it really took for the payment, and that really went back. */
  books(providerId: string): Promise<{ readonly taken: bigint; readonly returned: bigint }>;
  /** How many payments it holds under our reference. */
  heldFor(reference: string): Promise<number>;
  /** Lets a refund that was asked for reach the payer; absent where it does so at once. */
  settleRefund?(refundId: string): Promise<void>;
  /** What it told us about the payment so far; absent where it tells nothing. */
  told?(payment: ProviderPayment): Promise<readonly RawNotification[]>;
  close(): Promise<void>;
}

/** How it is built here: the settings over the usual ones, and a log that we can look into. */
export interface Opening {
  readonly settings?: Settings;
  readonly log?: (line: ProviderCallLine) => void;
}

/** The adapter as the application builds it. */
export function openProvider(
  { adapter, settings: usual }: GatewayUnderContract,
  { settings = {}, log = () => undefined }: Opening = {},
): PaymentProvider {
  const account = adapter.type;
  const values = Object.entries({ ...usual, ...settings }).map(
    ([name, value]) => [accountPrefix(account) + name, value] as const,
  );
  const problems: SettingProblem[] = [];
  const source = environmentSource(Object.fromEntries(values), () => '');
  const build = adapter.configure(account, source, problems);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return build({
    account,
    clock: systemClock,
    openHttp: (options) => new PatientHttp(account, options, log),
  });
}
