import { type KeysetFilter } from '../../../platform/http/keyset';

/** Those that wait for a person, or only others. Written out, because only then the index of those in conflict is used. */
export function conflictFilter(
  column: 'p.conflict' | 'c.conflict',
  hasConflict: boolean | null,
): KeysetFilter {
  return {
    name: hasConflict ? 'conflict' : 'no-conflict',
    sql: (at) => `${column} IS ${hasConflict ? 'NOT ' : ''}NULL AND ${at}::boolean IS NOT NULL`,
    value: hasConflict,
  };
}
