import { type OperationRow } from '../storage/operation.row';

/**
 * Who is told to have brought about what an operation ended with: the caller who asked for it, whoever learnt of the
 * outcome. What a person decided on a review is that person's.
 */
export function settledBy(
  { created_by }: OperationRow,
  learnt: { readonly cause: string; readonly actor: string },
): string {
  return learnt.cause === 'review' ? learnt.actor : created_by;
}
