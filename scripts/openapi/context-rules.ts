import { isObject, listAt, objectAt, textAt } from '../../src/shared/json';
import {
  answersOf,
  exampleKeys,
  faultsOf,
  hasText,
  type HouseRule,
  isSuccess,
  operationsOf,
} from './house-rule';

const SIGNED = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

const webhooks: HouseRule = {
  measures: 'outgoing webhooks with payload, signature headers and example',
  judge: (document) =>
    Object.entries(objectAt(document, 'webhooks')).map(([type, item]) => {
      const sent = objectAt(item, 'post');
      const headers = listAt(sent, 'parameters').map((one) => textAt(one, 'name') ?? '');
      const media = objectAt(sent, 'requestBody', 'content', 'application/json');
      return {
        at: ['webhooks', type],
        faults: faultsOf(
          [hasText(sent, 'description'), 'needs a description'],
          [hasText(sent, 'operationId'), 'needs an operationId'],
          [SIGNED.every((name) => headers.includes(name)), `must declare ${SIGNED.join(', ')}`],
          [isObject(media['schema']), 'needs a schema'],
          [
            textAt(media, 'examples', type, 'value', 'type') === type,
            'needs an example of that type',
          ],
        ),
      };
    }),
};

/** Codes of errors that only providers cause. */
const OF_PROVIDERS = ['provider_unavailable', 'provider_account_problem'];

const providerSupport: HouseRule = {
  measures: 'operations that call a provider and say which ones can do it',
  judge: (document) => {
    const answers = answersOf(document);
    const callers = operationsOf(document).filter((asked) => {
      const own = answers.filter(({ asked: other }) => other.at.join() === asked.at.join());
      const codes = own.flatMap(({ answer }) => exampleKeys(answer));
      return 'x-provider-support' in asked.operation || OF_PROVIDERS.some((c) => codes.includes(c));
    });
    return callers.map(({ at, operation }) => {
      const support = Object.values(objectAt(operation, 'x-provider-support'));
      const isTold = support.every((one) => typeof one === 'boolean' || typeof one === 'string');
      return {
        at,
        faults: faultsOf([support.length > 0 && isTold, 'must say x-provider-support']),
      };
    });
  },
};

const links: HouseRule = {
  measures: 'new objects with links to what comes next, all of them right',
  judge: (document) => {
    const operations = operationsOf(document);
    return answersOf(document)
      .filter(({ status, answer, asked }) => {
        const isNeutral = !asked.path.startsWith('/api/paypal-');
        return isSuccess(status) && ('links' in answer || (status === '201' && isNeutral));
      })
      .map(({ at, answer }) => {
        const all = Object.entries(objectAt(answer, 'links'));
        const wrong = all.filter(([, link]) => {
          const id = textAt(link, 'operationId');
          const target = operations.find(({ operation }) => operation['operationId'] === id);
          const names = listAt(target?.operation, 'parameters').map((one) => textAt(one, 'name'));
          return !Object.keys(objectAt(link, 'parameters')).every((name) => names.includes(name));
        });
        return {
          at,
          faults: [
            ...faultsOf([all.length > 0, 'needs a link to what comes next']),
            ...wrong.map(([name]) => `the link ${name} leads to no operation with its parameters`),
          ],
        };
      });
  },
};

export const contextRules = {
  'webhooks-declared': webhooks,
  'provider-support': providerSupport,
  'links-lead-on': links,
} satisfies Readonly<Record<string, HouseRule>>;
