import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';

type Ended = () => void;

/** Requests whose answers wait behind others of their connection. */
const queued = new WeakMap<Socket, Set<Ended>>();

/**
 * Calls `ended` once: when the caller has the whole answer, or hung up. Node.js tells nothing of answers that still wait behind
 * others when their connection breaks, so for those the connection itself is watched.
 */
export function whenEnded(request: IncomingMessage, response: ServerResponse, ended: Ended): void {
  if (response.socket !== null) {
    response.once('close', ended);
    return;
  }
  const waiting = queuedOn(request.socket);
  const endOnce = () => {
    if (waiting.delete(endOnce)) ended();
  };
  waiting.add(endOnce);
  response.once('close', endOnce);
}

/** Whether answers wait behind the one that is written: they would be lost with the connection. */
export function isAwaited(socket: Socket): boolean {
  return (queued.get(socket)?.size ?? 0) > 0;
}

/** One listener for a connection, however many requests are sent at once. */
function queuedOn(socket: Socket): Set<Ended> {
  const known = queued.get(socket);
  if (known) return known;
  const waiting = new Set<Ended>();
  queued.set(socket, waiting);
  socket.once('close', () => waiting.forEach((endOnce) => endOnce()));
  return waiting;
}
