import { objectAt } from '../../src/shared/json';
import {
  answersOf,
  type DocumentedOperation,
  exampleKeys,
  faultsOf,
  hasText,
  type HouseRule,
  isHealth,
  isSuccess,
  operationsOf,
} from './house-rule';

/** Where something is that should have examples, and the object that has the `content`. */
interface Described {
  readonly at: readonly string[];
  readonly described: unknown;
}

const ofRequests: HouseRule = {
  measures: 'request bodies with named whole examples',
  judge: (document) => judgeAll(operationsOf(document).flatMap(requestOf)),
};

const ofSuccesses: HouseRule = {
  measures: 'successful answers with named whole examples',
  judge: (document) =>
    judgeAll(
      answersOf(document)
        .filter(({ status, answer }) => isSuccess(status) && 'content' in answer)
        .map(({ at, answer }) => ({ at, described: answer })),
    ),
};

const ofErrors: HouseRule = {
  measures: 'errors with one example for each code',
  judge: (document) =>
    answersOf(document)
      .filter(({ status, asked }) => /^[45]/.test(status) && !isHealth(asked))
      .map(({ at, status, answer }) => {
        const problems = objectAt(answer, 'content', 'application/problem+json', 'examples');
        const wrong = Object.entries(problems).filter(([key, example]) => {
          const { code, status: told } = objectAt(example, 'value');
          return code !== key || String(told) !== status;
        });
        return {
          at,
          faults: [
            ...faultsOf([exampleKeys(answer).length > 0, 'needs an example of each code']),
            ...wrong.map(([key]) => `example ${key} must be the problem of that code and status`),
          ],
        };
      }),
};

/** Keys of answers that no request example asks for. */
const UNASKED = ['demo', 'unknown'];

const ofPairs: HouseRule = {
  measures: 'request examples with the answer to each, and the other way round',
  judge: (document) =>
    operationsOf(document).flatMap(({ at, operation }) => {
      const { requestBody, responses } = operation;
      const asked = exampleKeys(requestBody);
      const answered = Object.entries(objectAt(responses))
        .filter(([status]) => isSuccess(status))
        .flatMap(([, answer]) => exampleKeys(answer));
      const unasked = answered.filter((key) => !UNASKED.includes(key) && !asked.includes(key));
      const unanswered = asked.filter((key) => !answered.includes(key));
      if (asked.length === 0 && unasked.length === 0) return [];
      return [
        {
          at,
          faults: [
            ...unanswered.map((key) => `request example ${key} needs its answer`),
            ...unasked.map((key) => `answer example ${key} needs its request`),
          ],
        },
      ];
    }),
};

function requestOf({ at, operation }: DocumentedOperation): readonly Described[] {
  const { requestBody } = operation;
  return requestBody === undefined ? [] : [{ at: [...at, 'requestBody'], described: requestBody }];
}

function judgeAll(all: readonly Described[]) {
  return all.map(({ at, described }) => {
    const media = Object.values(objectAt(described, 'content'));
    const examples = media.map((one) => Object.values(objectAt(one, 'examples')));
    return {
      at,
      faults: faultsOf(
        [media.length > 0, 'needs content'],
        [examples.every((some) => some.length > 0), 'needs a named example'],
        [
          examples.flat().every((one) => hasText(one, 'summary') && 'value' in objectAt(one)),
          'every example needs a summary and a value',
        ],
      ),
    };
  });
}

export const exampleRules = {
  'request-examples': ofRequests,
  'success-examples': ofSuccesses,
  'error-examples': ofErrors,
  'examples-paired': ofPairs,
} satisfies Readonly<Record<string, HouseRule>>;
