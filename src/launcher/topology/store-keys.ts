import 'reflect-metadata';
import { createDataSource } from '../../platform/database/data-source';
import { storeDemoKeys } from '../demo-data-keys';
import { type DemoSecrets } from '../demo-secrets';

/** The keys of this data folder, as `npm run keys` would make them. */
export async function storeKeys(databaseUrl: string, secrets: DemoSecrets): Promise<void> {
  const { staff_key: staff, user_key: user, other_user_key: other } = secrets;
  const dataSource = createDataSource({
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: 2,
    MIGRATE_ON_START: false,
  });
  await dataSource.initialize();
  try {
    await storeDemoKeys(dataSource, { staff, user, other });
  } finally {
    await dataSource.destroy();
  }
}
