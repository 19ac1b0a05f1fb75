import { type OperationRow } from '../storage/operation.row';

/** Whether the provider still recognises a repeat of the operation by its key. */
export function isRepeatable(operation: OperationRow, windowMs: number): boolean {
  return operation.age_s * 1000 < windowMs;
}
