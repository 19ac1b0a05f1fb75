import { type Answer } from '../http/answer';

/** The one error shape that PayPro's own clients read; it names at most one parameter. */
export function invalid(param: string, message: string): Answer {
  return { status: 422, body: { error: { type: 'invalid_request', message, param } } };
}

export function notFound(): Answer {
  return troubled(404, 'not_found', 'There is nothing with this id');
}

export function notAuthenticated(): Answer {
  return troubled(401, 'authentication_error', 'The API key is missing or unknown');
}

export function troubled(status: number, type: string, message: string): Answer {
  return { status, body: { error: { type, message } } };
}
