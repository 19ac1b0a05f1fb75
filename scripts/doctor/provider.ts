import { type CallResult } from '../../src/providers/provider-call';
import { type AccountInspection } from '../../src/providers/provider-inspection';
import { type PaymentProvider } from '../../src/providers/payment-provider';
import { accountPrefix } from '../../src/providers/provider-adapter';
import { type ConfiguredAccount } from '../../src/providers/providers.settings';
import { compareClock } from './clock-difference';
import { type Configuration } from './configuration';
import { type Check, fail, type Finding, ok, type Place, skipped, warn } from './finding';
import { openProvider } from './open-provider';
import { examineWebhook } from './webhook';

/** What one account's provider says: it is only asked, by calls that change nothing. */
export function checkAccount(configured: ConfiguredAccount, { http }: Configuration): Check {
  const { account } = configured;
  const at = (part: string, lookedAt: string): Place => ({
    check: `provider.${account}.${part}`,
    lookedAt: `${account}: ${lookedAt}`,
  });
  return {
    name: `provider.${account}`,
    lookedAt: account,
    run: async (tell) => {
      const provider = openProvider(configured);
      const before = new Date();
      const [checked, shown] = await Promise.all([provider.check(), inspect(provider)]);
      const after = new Date();
      tell(credentialsFinding(at('credentials', 'credentials'), { provider, checked }));
      tell(modeFinding(at('mode', 'mode'), { provider, shown }));
      tell(
        examineWebhook(at('webhook', 'webhook'), {
          provider,
          shown,
          publicUrl: http?.PUBLIC_URL ?? null,
        }),
      );
      const theirs = shown?.clock ?? null;
      const clock = at('clock', 'clock');
      tell(
        theirs === null
          ? skipped(clock, 'The provider showed none.')
          : compareClock(clock, { before, after, theirs, resolutionMs: 1_000 }),
      );
    },
  };
}

/** Null where the provider shows nothing of the account, or did not answer. */
async function inspect({ inspection }: PaymentProvider): Promise<AccountInspection | null> {
  const result = await inspection?.inspect();
  return result?.outcome === 'done' ? result.value : null;
}

interface Checked {
  readonly provider: PaymentProvider;
  readonly checked: CallResult<null>;
}

/** Only codes are shown: the words of a refusal may repeat what was sent. */
function credentialsFinding(place: Place, { provider, checked }: Checked): Finding {
  const { name, account, mode } = provider;
  switch (checked.outcome) {
    case 'done':
      return ok(place, `${name} accepts them.`);
    case 'refused': {
      const message = `${name} refuses them (${codeOf(checked.refusal.code)}).`;
      const cure = `Compare the settings ${accountPrefix(account)}… with the dashboard of ${name}; they have to be those of mode ${mode}.`;
      return fail(place, message, cure);
    }
    case 'not_found':
    case 'not_sent':
    case 'unknown': {
      const message = `${name} does not answer (${codeOf(checked.trouble.code)}).`;
      const cure = `See that this machine may reach ${name} (firewall, proxy, DNS), and ${accountPrefix(account)}BASE_URL where it is set.`;
      return fail(place, message, cure);
    }
  }
}

function codeOf(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'no code';
}

function modeFinding(
  place: Place,
  {
    provider,
    shown,
  }: { readonly provider: PaymentProvider; readonly shown: AccountInspection | null },
): Finding {
  const { mode, account, name } = provider;
  if (shown === null) return skipped(place, 'The provider showed nothing to compare it with.');
  const setting = `${accountPrefix(account)}MODE`;
  const isLive = mode === 'live';
  if (shown.movesRealMoney === isLive) {
    return ok(place, `${mode}: ${isLive ? 'money is real' : 'no money moves'}.`);
  }
  if (shown.movesRealMoney === null && !isLive) {
    return ok(place, `sandbox, at an address that is not ${name}'s own.`);
  }
  if (shown.movesRealMoney === null) {
    const message = `live, at an address that is not ${name}'s own: nobody can tell whether money is real.`;
    return warn(
      place,
      message,
      `Set ${setting}=sandbox for a test, or leave ${accountPrefix(account)}BASE_URL out.`,
    );
  }
  const message = isLive ? 'live, and no money moves there.' : 'sandbox, and money is real there.';
  return fail(
    place,
    message,
    `Correct ${setting}, or use the credentials and the address of that mode.`,
  );
}
