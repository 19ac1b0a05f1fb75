import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What a page of the machine's own network would give away. */
export const LISTENER_SECRET = 'INTERNAL-PAGE-SECRET';

/** A server on loopback that notices every connection, whether or not anything is asked over it, and every request. */
export class PdfListener {
  contacts = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', () => (this.contacts += 1));
    server.on('request', () => (this.contacts += 1));
  }

  static async open(): Promise<PdfListener> {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<h1>${LISTENER_SECRET}</h1>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PdfListener(server);
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server.address())}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  return address.port;
}
