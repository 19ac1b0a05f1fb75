import { type Documentation } from '../../../platform/http/documented';
import { forbidden } from '../../../platform/http/http.errors';
import { LedgerCheckResponse } from './ledger-check.response';

export const check: Documentation = {
  operationId: 'checkLedger',
  summary: 'Prove that the books are right',
  description:
    'Staff only. Adds up every transaction and every account, and compares what is booked with what each payment ' +
    'shows as captured, refunded and charged back, and each invoice and credit note as its total, all as of one moment. The answer is 200 also when something does ' +
    'not fit: read `ok`. Whole tables are read, each in at most the five seconds that the database gives a ' +
    'statement; when that is too little, the answer is 503 `database_unavailable` and nothing is wrong with the books.',
  answers: [
    {
      status: 200,
      description: 'What was found.',
      type: LedgerCheckResponse,
      example: {
        type: 'ledger_check',
        ok: true,
        checked: { transactions: 2, payments: 9 },
        totals: [
          {
            currency: 'EUR',
            sum: 0,
            accounts: [
              { account: 'customers', amount: -184_147, amount_decimal: '-1841.47' },
              { account: 'provider:paypal', amount: -16_599, amount_decimal: '-165.99' },
              { account: 'provider:paypro', amount: -1250, amount_decimal: '-12.50' },
              { account: 'revenue', amount: 201_996, amount_decimal: '2019.96' },
            ],
          },
        ],
        problems: [],
        problem_count: 0,
      },
    },
  ],
  errors: [forbidden],
};
