/** On every answer: nobody keeps it, guesses what it is, or shows it inside of a page of theirs. */
export const SAFETY_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;
