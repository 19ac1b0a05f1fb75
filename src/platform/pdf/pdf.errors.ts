import { defineError } from '../../shared/app-error';

export const pdfUnavailable = defineError('pdf_unavailable', {
  status: 503,
  title: 'The PDF cannot be made now',
  cure: 'Repeat the request after `Retry-After` seconds; where the answer says that no browser was found, install Chromium as it says.',
  retryable: true,
  example: {
    detail:
      'PUPPETEER_EXECUTABLE_PATH names no program that can be started. Correct it, or leave it out.',
  },
});

export const pdfErrors = [pdfUnavailable];
