import { checkRules } from './check-rules';
import { leftoverRules } from './tidy/leftovers';
import { leftoverExamples } from './tidy/leftovers.examples';
import { nameRules } from './tidy/names';
import { nameExamples } from './tidy/names.examples';
import { sizeRules } from './tidy/sizes';
import { sizeExamples } from './tidy/sizes.examples';
import { claimRules } from './tidy/claims';
import { claimExamples } from './tidy/claims.examples';

describe('sizes', () => checkRules(sizeRules, sizeExamples));
describe('claims', () => checkRules(claimRules, claimExamples));
describe('leftovers', () => checkRules(leftoverRules, leftoverExamples));
describe('names', () => checkRules(nameRules, nameExamples));
