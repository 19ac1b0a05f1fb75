import { textMember } from '../../http/json';
import { type Detail } from './webhook-errors';

const DEFAULT_PAGE_SIZE = 10;
/** Plausible; the specification gives no limit. */
const MAX_PAGE_SIZE = 300;
const FILTERS = ['start_time', 'end_time', 'transaction_id', 'event_type'];

/** What a list of events was asked for. */
export interface EventQuery {
  pageSize: number;
  fromMs: number;
  toMs: number;
  transactionId: string | undefined;
  eventType: string | undefined;
  /** Absent on the first page. */
  move: { to: 'next' | 'previous'; indexId: string } | undefined;
  /** The filters as they were written, for the links. */
  sent: Record<string, string>;
}

/** Reads the query of the list; a list of details is why it was refused. */
export function readEventQuery(query: unknown): EventQuery | Detail[] {
  const sent = (name: string) => textMember(query, name);
  const pageSize = Number(sent('page_size') ?? DEFAULT_PAGE_SIZE);
  const fromMs = timeOf(sent('start_time')) ?? -Infinity;
  const toMs = timeOf(sent('end_time')) ?? Infinity;
  const to = sent('move_to');
  const mistakes = [
    ...(Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= MAX_PAGE_SIZE
      ? []
      : [{ field: 'page_size', issue: `It is not from 1 to ${MAX_PAGE_SIZE}.` }]),
    ...(Number.isNaN(fromMs) ? [{ field: 'start_time', issue: 'It is not a time.' }] : []),
    ...(Number.isNaN(toMs) ? [{ field: 'end_time', issue: 'It is not a time.' }] : []),
    ...(to === undefined || to === 'next' || to === 'previous'
      ? []
      : [{ field: 'move_to', issue: 'It is neither next nor previous.' }]),
  ];
  if (mistakes.length > 0) return mistakes;
  const filters = FILTERS.flatMap((name) => {
    const value = sent(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const isMove = to === 'next' || to === 'previous';
  return {
    pageSize,
    fromMs,
    toMs,
    transactionId: sent('transaction_id'),
    eventType: sent('event_type'),
    move: isMove ? { to, indexId: sent('index_id') ?? '' } : undefined,
    sent: Object.fromEntries(filters),
  };
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
