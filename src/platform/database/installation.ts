import { type Database } from './database';
import { statement } from './statement';

const claim = statement<{ purpose: string }>(
  'claim-installation',
  `WITH claimed AS (
     INSERT INTO platform.installation (purpose) VALUES ($1) ON CONFLICT DO NOTHING RETURNING purpose
   )
   SELECT purpose FROM claimed UNION ALL SELECT purpose FROM platform.installation LIMIT 1`,
);

export type Purpose = 'demo' | 'real';

/**
 * Ties the database to real or to demonstration money at its first start. Throws when it was used for the other
 * one: demonstration keys must never open real books, nor simulated payments stand among real ones.
 */
export async function claimInstallation(database: Database, purpose: Purpose): Promise<void> {
  const [row] = await database.query(claim, [purpose]);
  if (row?.purpose === purpose) return;
  throw new Error(
    purpose === 'demo'
      ? 'This database holds real payments; the demonstration does not start on it. Leave DATABASE_URL out, or name an empty database.'
      : 'This database holds a demonstration; real payments do not start on it. Set DATABASE_URL to an empty database.',
  );
}
