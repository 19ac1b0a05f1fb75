/**
 * What we change of the job library's own schema, after each run of its migrations. Its function looks for jobs
 * with the same key by a plan that its connection made while hardly any job waited: it would read all that wait
 * now, each time, and a flood would slow down whatever adds a job.
 */
export const ADD_JOBS_BY_INDEX =
  'ALTER FUNCTION graphile_worker.add_jobs(graphile_worker.job_spec[], boolean) SET enable_seqscan = off';

/** The newest migration of the job library that this version works with; a test compares. */
export const JOB_LIBRARY_MIGRATION = 19;
