/** `staff` sees and acts for every customer; `user` for the customers that list its subject as an owner. */
export type Role = 'staff' | 'user';

/** The longest subject: one of a token, `oidc:` and the 255 characters of its `sub`. */
export const SUBJECT_LENGTH_MAX = 260;

/** Who sent the request. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
}

/** Nobody asked: the program acts on its own, with every right and no key. */
export const KASSA: Caller = { subject: 'kassa', role: 'staff' };
