/** The number as people see it: `INV-2026-0001`. It grows a digit after 9999. */
export function showNumber(drawn: {
  readonly series: string;
  readonly year: number;
  readonly number: number;
}): string {
  return `${drawn.series}-${drawn.year}-${String(drawn.number).padStart(4, '0')}`;
}
