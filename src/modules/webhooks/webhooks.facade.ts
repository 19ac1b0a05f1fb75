/** What the program as a whole may use of webhooks: the trial message, for the API document. */
export { pingEvents } from './http/ping-event.docs';
