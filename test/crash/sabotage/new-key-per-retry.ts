import 'reflect-metadata';
import { OperationsRepository } from '../../../src/modules/payments/storage/operations.repository';
import { type OperationRow } from '../../../src/modules/payments/storage/operation.row';
import { replaceMethod } from './replace-method';

function renamed(operation: OperationRow): OperationRow {
  return { ...operation, provider_key: `${operation.provider_key}.${operation.attempts}` };
}

replaceMethod(OperationsRepository, 'takeDue', (original) => async (self, limit) => {
  const taken = await original(self, limit);
  return taken.map(renamed);
});

replaceMethod(OperationsRepository, 'take', (original) => async (self, id) => {
  const taken = await original(self, id);
  return taken && renamed(taken);
});
