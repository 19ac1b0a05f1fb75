/**
 * What we change of the job library's own schema, after each run of its migrations. Its function looks for jobs
 * with the same key by a plan that its connection made while hardly any job waited: it would read all that wait
 * now, each time, and a flood would slow down whatever adds a job.
 */
export const ADD_JOBS_BY_INDEX =
  'ALTER FUNCTION graphile_worker.add_jobs(graphile_worker.job_spec[], boolean) SET enable_seqscan = off';

/**
 * A job that is added again while somebody works on it loses its key to the new one. The library then also counts all of its
 * tries as made: if the process is killed, stops or cannot report, the job would look dead for ever, though it never failed
 * for good. It keeps its own count instead; then it is just done once more, and one that always fails still ends.
 * The trigger is made once only: making it waits for everybody who adds a job.
 */
export const REPLACED_JOBS_KEEP_THEIR_TRIES = `
  CREATE OR REPLACE FUNCTION platform.keep_tries() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.attempts := OLD.attempts;
    RETURN NEW;
  END $$;
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger
      WHERE tgrelid = 'graphile_worker._private_jobs'::regclass AND tgname = 'kassa_keep_tries')
    THEN
      CREATE TRIGGER kassa_keep_tries BEFORE UPDATE OF key ON graphile_worker._private_jobs
        FOR EACH ROW WHEN (OLD.key IS NOT NULL AND NEW.key IS NULL) EXECUTE FUNCTION platform.keep_tries();
    END IF;
  END $$`;

/** The newest migration of the job library that this version works with; a test compares. */
export const JOB_LIBRARY_MIGRATION = 19;
