import { hash } from 'node:crypto';
import { type FastifyInstance } from 'fastify';
import { type Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { parseJson, textAt } from '../../src/shared/json';
import { Refused } from './refused';

/** What is known of an event, and that it is stored once; nothing of what Kassa does about it. */
export const NOTIFICATIONS_TABLE = `
  CREATE SCHEMA bare;
  CREATE TABLE bare.notifications (
    id uuid PRIMARY KEY,
    account text NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    body_sha256 text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account, event_id)
  )`;

const INSERT = `INSERT INTO bare.notifications (id, account, event_id, event_type, body_sha256)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, event_id) DO NOTHING`;

/** Believes everybody, stores what the body was and leaves it at that. */
export function addNotifications(app: FastifyInstance, pool: Pool): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Params: { account: string }; Body: string }>(
    '/api/notifications/:account',
    async ({ params, body }) => {
      const event = parseJson(body);
      const id = textAt(event, 'id');
      const type = textAt(event, 'event_type');
      if (id === null || type === null) throw new Refused(400, 'This is no event.');
      const values = [uuidv7(), params.account, id, type, hash('sha256', body, 'hex')];
      await pool.query({ name: 'insert-notification', text: INSERT, values });
      return { received: true };
    },
  );
}
