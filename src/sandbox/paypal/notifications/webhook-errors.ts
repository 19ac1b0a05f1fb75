import { type Answer } from '../../http/answer';
import { debugId } from '../../ids';

export interface Detail {
  field: string;
  issue: string;
}

const REFERENCE = 'https://developer.paypal.com/docs/api/webhooks/v1/#errors';

/** Webhooks are an API of the first version: the code stands in `name`, an issue is a sentence. */
export function webhookError(status: 400 | 404, name: string, details: Detail[] = []): Answer {
  const message = MESSAGES[name] ?? 'The request cannot be carried out.';
  const body = { name, message, debug_id: debugId(), information_link: REFERENCE, details };
  return { status, body };
}

export function unknownResource(): Answer {
  return webhookError(404, 'INVALID_RESOURCE_ID');
}

export function invalidData(...details: Detail[]): Answer {
  return webhookError(400, 'VALIDATION_ERROR', details);
}

const MESSAGES: Record<string, string> = {
  INVALID_RESOURCE_ID: 'There is nothing with this id.',
  VALIDATION_ERROR: 'Some of the data is not valid.',
  WEBHOOK_URL_ALREADY_EXISTS: 'A webhook with this URL exists already.',
  WEBHOOK_NUMBER_LIMIT_EXCEEDED: 'There are too many webhooks already.',
  WEBHOOK_PATCH_REQUEST_NO_CHANGE: 'The patch changes nothing.',
};
