import { type Socket } from 'node:net';
import { newId } from '../../shared/id';
import { malformedRequest } from './http.errors';
import { toProblem } from './problem';
import { SAFETY_HEADERS } from './safety-headers';

const DETAILS = new Map([
  [
    'HPE_INVALID_METHOD',
    'There is no such HTTP method. See /docs for the methods of each address.',
  ],
  ['HPE_HEADER_OVERFLOW', 'The headers are larger than 16 kB. Send less.'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'The request did not arrive completely in time. Send it again.'],
]);
const DETAIL = 'This is not valid HTTP/1.1. Check the headers and how the body is framed.';

/** Answers bytes that Node.js cannot read as a request, before there is any request to reply to. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const requestId = newId();
  const refused = malformedRequest(DETAILS.get(error.code ?? '') ?? DETAIL);
  const body = JSON.stringify(toProblem(refused, requestId));
  const headers = {
    ...SAFETY_HEADERS,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Request-Id': requestId,
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(['HTTP/1.1 400 Bad Request', ...lines, '', body].join('\r\n'));
}
