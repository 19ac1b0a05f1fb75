import { createServer, type Server } from 'node:http';
import { type Part } from '../src/launcher/part';

/** A merchant's receiver that answers 200 at once, and remembers when the requests came. */
export class Receiver {
  count = 0;
  firstMs = 0;
  lastMs = 0;

  private constructor(private readonly server: Server) {}

  static async start(parts: Part[]): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      receiver.note();
      request.resume();
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ended = new Promise<string>(() => undefined);
    parts.push({ name: 'The receiver', ended, stop: () => receiver.stop() });
    return receiver;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('nobody listens');
    return `http://127.0.0.1:${address.port}`;
  }

  private note(): void {
    this.lastMs = performance.now();
    if (this.count === 0) this.firstMs = this.lastMs;
    this.count += 1;
  }

  private stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
