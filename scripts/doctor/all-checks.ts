import { checkBrowser } from './browser';
import { type Configuration } from './configuration';
import { checkDataDir } from './data-dir';
import { checkDatabase } from './database';
import { type Check, skipped } from './finding';
import { checkIssuer } from './issuer';
import { checkNode } from './node';
import { checkPort } from './port';
import { checkAccount } from './provider';
import { checkPublicUrl } from './public-url';
import { checkSettings } from './settings';

/** Everything that can be looked at with these settings, in the order in which mistakes are best put right. */
export function allChecks(configuration: Configuration): readonly Check[] {
  const { mode, accounts } = configuration;
  return [
    checkNode(),
    checkSettings(configuration),
    checkPort(configuration),
    ...(mode === 'demo' ? [checkDataDir(configuration)] : []),
    checkDatabase(configuration),
    ...(mode === 'real' ? [checkPublicUrl(configuration), ...checkIssuer(configuration)] : []),
    ...accounts.map((account) => checkAccount(account, configuration)),
    ...brokenAccounts(configuration).map(mentionAccount),
    checkBrowser(configuration),
  ];
}

/** Accounts whose settings are wrong: nothing can be asked with them. */
function brokenAccounts({ accounts, accountNames }: Configuration): readonly string[] {
  const usable = accounts.map(({ account }) => account);
  return (accountNames ?? []).filter((name) => !usable.includes(name));
}

function mentionAccount(account: string): Check {
  const place = { check: `provider.${account}`, lookedAt: account };
  return {
    name: place.check,
    lookedAt: place.lookedAt,
    run: (tell) => Promise.resolve(tell(skipped(place, 'Its settings are wrong.'))),
  };
}
