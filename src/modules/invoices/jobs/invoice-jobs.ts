import { type Job } from '../../../platform/jobs/jobs';

export const RENDER_FILES = 'render-invoice-files';

/** Renders and stores the files of an issued invoice; it is added in the transaction of the issue. */
export function renderFilesJob(invoiceId: string): Job {
  return {
    task: RENDER_FILES,
    payload: { invoice: invoiceId },
    key: `${RENDER_FILES}:${invoiceId}`,
  };
}
