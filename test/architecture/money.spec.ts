import { checkRules } from './check-rules';
import { moneyRules } from './money/money';
import { moneyExamples } from './money/money.examples';

checkRules(moneyRules, moneyExamples);
