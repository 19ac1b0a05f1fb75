import { type FastifyReply } from 'fastify';

/** What a gateway says back: a JSON body, a literal text instead of it, or neither. */
export interface Answer {
  status: number;
  body?: unknown;
  text?: { type: string; content: string };
  headers?: Record<string, string>;
}

/** Writes an answer to the socket. Header names keep their spelling, which some clients rely on. */
export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    // Fastify lower-cases names; the raw response keeps them as the gateway spells them.
    reply.raw.setHeader(name, value);
  }
  reply.code(answer.status);
  if (answer.text) return reply.type(answer.text.type).send(answer.text.content);
  if (answer.body === undefined) return reply.send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
}
