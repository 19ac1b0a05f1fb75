import 'reflect-metadata';
import { HoldLease } from '../../../src/modules/payments/actions/hold-lease';
import { isObject } from '../../../src/shared/json';
import { replaceMethod } from './replace-method';

/** Whatever a provider's silence may mean, it is taken for a no. */
replaceMethod(HoldLease, 'during', (original) => async (self, operation, call) => {
  const result = await original(self, operation, call);
  if (!isObject(result) || result['outcome'] !== 'unknown') return result;
  const trouble = isObject(result['trouble']) ? result['trouble'] : {};
  return { outcome: 'refused', refusal: { ...trouble, kind: 'final' } };
});
