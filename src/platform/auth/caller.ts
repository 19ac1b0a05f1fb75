/** `staff` sees and acts for every customer; `user` for the customers that list its subject as an owner. */
export type Role = 'staff' | 'user';

/** Who sent the request. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
}

/** Nobody asked: the program acts on its own, with every right and no key. */
export const KASSA: Caller = { subject: 'kassa', role: 'staff' };
