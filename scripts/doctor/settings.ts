import { ignoredSettings } from '../../src/launcher/demo-settings';
import { type Configuration } from './configuration';
import { type SettingProblem } from '../../src/shared/settings-reader';
import { type Check, fail, type Finding, ok, warn } from './finding';

const PLACE = { check: 'settings', lookedAt: 'Settings' };

/** Every mistake as a finding of its own; values are never shown. */
export function checkSettings({ mode, source, problems }: Configuration): Check {
  return {
    name: PLACE.check,
    lookedAt: PLACE.lookedAt,
    run: (tell) => {
      for (const problem of problems) tell(problemFinding(problem));
      const ignored = mode === 'demo' ? ignoredNames(source.names()) : [];
      if (ignored.length > 0) {
        const cure = 'Set PROVIDERS to the accounts to use, such as paypal,paypro.';
        tell(warn(PLACE, `Without PROVIDERS nothing reads ${ignored.join(', ')}.`, cure));
      }
      if (problems.length === 0 && ignored.length === 0) tell(ok(PLACE, 'Nothing is wrong.'));
      return Promise.resolve();
    },
  };
}

/** The first sentence says what is wrong, the rest what to do. */
function problemFinding({ name, detail }: SettingProblem): Finding {
  const [wrong = '', ...cure] = detail.split(/(?<=\.) /);
  const message = `${name} ${wrong}`;
  return fail(
    PLACE,
    message,
    cure.length > 0 ? cure.join(' ') : '.env.example lists every setting.',
  );
}

function ignoredNames(names: readonly string[]): readonly string[] {
  return ignoredSettings(Object.fromEntries(names.map((name) => [name, ''])));
}
