import { type DataSource } from 'typeorm';
import { hashApiKey } from '../platform/auth/api-key';
import { ApiKeyEntity } from '../platform/auth/api-key.entity';
import { type Role } from '../platform/auth/caller';
import { newId } from '../shared/id';
import { type DemoKeys } from './launcher.config';

/** Subjects of the demonstration's keys; its customers name the two users as owners. */
export const DEMO_SUBJECTS = { staff: 'demo-staff', user: 'demo-user', other: 'demo-other-user' };

/** Makes the keys usable. They are random and new for every data folder; the hash tells whether one is known. */
export async function storeDemoKeys(dataSource: DataSource, keys: DemoKeys): Promise<void> {
  await storeKey(dataSource, keys.staff, { subject: DEMO_SUBJECTS.staff, role: 'staff' });
  await storeKey(dataSource, keys.user, { subject: DEMO_SUBJECTS.user, role: 'user' });
  await storeKey(dataSource, keys.other, { subject: DEMO_SUBJECTS.other, role: 'user' });
}

async function storeKey(
  dataSource: DataSource,
  key: string,
  whom: { readonly subject: string; readonly role: Role },
): Promise<void> {
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(ApiKeyEntity)
    .values({ id: newId(), hash: hashApiKey(key), label: 'demonstration', ...whom })
    .orIgnore()
    .updateEntity(false)
    .execute();
}
