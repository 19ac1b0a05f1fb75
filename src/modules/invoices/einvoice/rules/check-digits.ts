/** Belgium: the last two of ten digits are 97 minus the rest of the first eight by 97. */
export function isBelgianEnterprise(digits: string): boolean {
  return /^[01]\d{9}$/.test(digits) && 97 - (Number(digits.slice(0, 8)) % 97) === last(digits, 2);
}

/** Sweden: ten digits, the last by Luhn. */
export function isSwedishOrganisation(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = [...digits].reduce((before, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return before + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** Norway: nine digits, the last by modulus 11 with the weights 3 2 7 6 5 4 3 2. */
export function isNorwegianOrganisation(digits: string): boolean {
  if (!/^\d{9}$/.test(digits)) return false;
  const weights = [3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((before, weight, index) => before + weight * Number(digits[index]), 0);
  return (11 - (sum % 11)) % 11 === last(digits, 1);
}

function last(digits: string, count: number): number {
  return Number(digits.slice(-count));
}
