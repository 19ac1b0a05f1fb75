/** `staff` sees and acts for every customer; `user` for the customers that list its subject as an owner. */
export type Role = 'staff' | 'user';

/** Who sent the request. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
}

/** Causes of a change that no request asked for are written in history under this name. */
export const SYSTEM_ACTOR = 'system';
