/** PayPro writes times in UTC with whole seconds: `2023-06-30T12:40:10Z`. */
export function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
