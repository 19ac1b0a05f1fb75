import { type Answer } from '../http/answer';

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function refused(status: number, error: string): Answer {
  return { status, body: { error } };
}
