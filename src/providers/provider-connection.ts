import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Duplex } from 'node:stream';

/** A connection that does not stand after this long was certainly not used: the call may be repeated. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Calls to one provider at the same time; more wait for a free connection. */
const SOCKETS_MAX = 64;
/** Below the 60 s after which common load balancers drop idle connections. */
const IDLE_SOCKET_MS = 30_000;

/** Errors of connections that never stood. An error belongs to one connection, so its identity is the proof. */
const beforeReady = new WeakSet<object>();

/**
 * Whether this is the error of a connection that failed while it was being made: the name, the route, the
 * port or the TLS handshake. No byte of the request can have left, whatever the error's code says.
 */
export function neverConnected(error: unknown): boolean {
  return typeof error === 'object' && error !== null && beforeReady.has(error);
}

/** Keep-alive agents whose connections give up early, with a code of their own, while they are being made. */
export function agentsWithConnectTimeout(): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  const options = { keepAlive: true, maxSockets: SOCKETS_MAX, timeout: IDLE_SOCKET_MS };
  return {
    httpAgent: limitConnecting(new HttpAgent(options), 'connect'),
    httpsAgent: limitConnecting(new HttpsAgent(options), 'secureConnect'),
  };
}

function limitConnecting<A extends HttpAgent>(agent: A, ready: string): A {
  const createConnection = agent.createConnection.bind(agent);
  const limited: HttpAgent['createConnection'] = (options, callback) => {
    const socket = createConnection(options, callback);
    if (socket) watchConnecting(socket, ready);
    return socket;
  };
  return Object.assign(agent, { createConnection: limited });
}

function watchConnecting(socket: Duplex, ready: string): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('connect timeout'), { code: 'ECONNECTTIMEOUT' }));
  }, CONNECT_TIMEOUT_MS);
  // The socket is new and this listener its first, so the mark is there before anyone sees the error.
  const mark = (error: Error) => beforeReady.add(error);
  const settle = () => {
    clearTimeout(timer);
    socket.off('error', mark);
  };
  socket.once('error', mark);
  socket.once(ready, settle);
  socket.once('close', settle);
}
