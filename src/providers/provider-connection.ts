import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Duplex } from 'node:stream';

/** A connection that does not stand after this long was certainly not used: the call may be repeated. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Calls to one provider at the same time; more wait for a free connection. */
const SOCKETS_MAX = 64;
/** Below the 60 s after which common load balancers drop idle connections. */
const IDLE_SOCKET_MS = 30_000;

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
    if (socket) destroyUnlessReady(socket, ready);
    return socket;
  };
  return Object.assign(agent, { createConnection: limited });
}

function destroyUnlessReady(socket: Duplex, ready: string): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('connect timeout'), { code: 'ECONNECTTIMEOUT' }));
  }, CONNECT_TIMEOUT_MS);
  const settle = () => clearTimeout(timer);
  socket.once(ready, settle);
  socket.once('close', settle);
}
