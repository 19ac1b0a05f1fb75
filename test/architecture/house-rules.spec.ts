import { layerRules } from './arrows/layers';
import { layerExamples } from './arrows/layers.examples';
import { outsiderRules } from './arrows/outsiders';
import { outsiderExamples } from './arrows/outsiders.examples';
import { partRules } from './arrows/parts';
import { partExamples } from './arrows/parts.examples';
import { providerRules } from './arrows/providers';
import { providerExamples } from './arrows/providers.examples';
import { rotRules } from './arrows/rot';
import { rotExamples } from './arrows/rot.examples';
import { writeRules } from './arrows/writes';
import { writeExamples } from './arrows/writes.examples';
import { checkRules } from './check-rules';
import { moneyRules } from './money/money';
import { moneyExamples } from './money/money.examples';
import { claimRules } from './tidy/claims';
import { claimExamples } from './tidy/claims.examples';
import { leftoverRules } from './tidy/leftovers';
import { leftoverExamples } from './tidy/leftovers.examples';
import { nameRules } from './tidy/names';
import { nameExamples } from './tidy/names.examples';
import { sizeRules } from './tidy/sizes';
import { sizeExamples } from './tidy/sizes.examples';

// One file: the compiler is loaded and the program parsed once for all rules.
describe('arrows', () => {
  checkRules(layerRules, layerExamples);
  checkRules(providerRules, providerExamples);
  checkRules(partRules, partExamples);
  checkRules(writeRules, writeExamples);
  checkRules(outsiderRules, outsiderExamples);
  checkRules(rotRules, rotExamples);
});

describe('tidiness', () => {
  checkRules(sizeRules, sizeExamples);
  checkRules(claimRules, claimExamples);
  checkRules(leftoverRules, leftoverExamples);
  checkRules(nameRules, nameExamples);
});

describe('money', () => checkRules(moneyRules, moneyExamples));
