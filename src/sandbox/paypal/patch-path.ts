import { type Issue } from './issues';

export type PatchTarget =
  | { kind: 'intent'; operations: string[] }
  | { kind: 'unit'; referenceId: string; members: [string, string?]; operations: string[] };

const ANY = ['add', 'replace', 'remove'];
const PUT = ['add', 'replace'];

/** What may be patched inside a purchase unit, and how. */
const UNIT_MEMBERS: Record<string, { members: [string, string?]; operations: string[] }> = {
  custom_id: { members: ['custom_id'], operations: ANY },
  description: { members: ['description'], operations: ANY },
  invoice_id: { members: ['invoice_id'], operations: ANY },
  soft_descriptor: { members: ['soft_descriptor'], operations: ANY },
  items: { members: ['items'], operations: ANY },
  amount: { members: ['amount'], operations: ['replace'] },
  'payee/email': { members: ['payee', 'email_address'], operations: ['replace'] },
  'shipping/name': { members: ['shipping', 'name'], operations: PUT },
  'shipping/address': { members: ['shipping', 'address'], operations: PUT },
  'shipping/type': { members: ['shipping', 'type'], operations: PUT },
  payment_instruction: { members: ['payment_instruction'], operations: ['replace'] },
  supplementary_data: { members: ['supplementary_data'], operations: PUT },
};

/** Reads paths such as `/intent` and `/purchase_units/@reference_id=='default'/amount`. */
export function parsePatchPath(path: string): PatchTarget | { issue: Issue } {
  if (!path.startsWith('/')) return { issue: 'INVALID_JSON_POINTER_FORMAT' };
  if (path === '/intent') return { kind: 'intent', operations: ['replace'] };
  if (!path.startsWith('/purchase_units')) return { issue: 'FIELD_NOT_PATCHABLE' };
  const match = /^\/purchase_units\/@reference_id==(['"])(.+?)\1\/(.+)$/.exec(path);
  if (!match) return { issue: 'INVALID_JSON_POINTER_FORMAT' };
  const [, , referenceId = '', name = ''] = match;
  if (name.startsWith('amount/')) return { issue: 'AMOUNT_NOT_PATCHABLE' };
  const known = Object.hasOwn(UNIT_MEMBERS, name) ? UNIT_MEMBERS[name] : undefined;
  return known ? { kind: 'unit', referenceId, ...known } : { issue: 'FIELD_NOT_PATCHABLE' };
}
