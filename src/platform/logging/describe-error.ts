/**
 * Where an error came from, for a log line. Messages of errors with a code (the database's, the network's) may quote values,
 * and members of others hold whole requests, so only the name and the frames are told then.
 */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const what = 'code' in thrown ? `${thrown.name} ${String(thrown.code)}` : String(thrown);
  return [what, ...frames].join('\n');
}
