import { createSocket } from 'node:dgram';

export interface NameServer {
  /** As a resolver takes it. */
  readonly address: string;
  /** Names in the order in which they were asked for, once per question. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Answers questions for A with the addresses that `answer` gives, and those for AAAA with none; null is silence. */
export async function startNameServer(
  answer: (name: string) => readonly string[] | null,
): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const { name, end } = nameIn(question);
    asked.push(name);
    const found = answer(name);
    if (found === null) return;
    const isA = question.readUInt16BE(end) === 1;
    socket.send(reply(question.subarray(0, end + 4), isA ? found : []), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.unref();
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function nameIn(question: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** The question again, as an answer without more than its addresses. */
function reply(question: Buffer, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([head, ...records]);
}
