import { contextRules } from './context-rules';
import { exampleRules } from './example-rules';
import { operationRules } from './operation-rules';
import { schemaRules } from './schema-rules';

/** What makes this document better than lint tools ask for; each rule has a broken document in its test. */
export const houseRules = {
  ...operationRules,
  ...exampleRules,
  ...schemaRules,
  ...contextRules,
};
