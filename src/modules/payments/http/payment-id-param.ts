/** A payment in the address of what belongs to it, for the API document. */
export function paymentIdParamOf(example: string) {
  return { name: 'id', description: 'Id of the payment; the plain UUID is accepted too.', example };
}
