import { createServer } from 'node:net';
import axios, { AxiosError, CanceledError } from 'axios';
import { agentsWithConnectTimeout } from './provider-connection';
import { classifyFailure } from './provider-failure';

/** What the client throws when its transport fails like this. */
function thrown(code: string, syscall?: string): AxiosError {
  return AxiosError.from(Object.assign(new Error(code), { code, syscall }));
}

/** What the client throws for a connection that was refused. */
async function refusedConnection(): Promise<unknown> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const options = { proxy: false as const, maxRedirects: 0, ...agentsWithConnectTimeout() };
  return axios.get(`http://127.0.0.1:${port}`, options).catch((error: unknown) => error);
}

describe('what a failure of the transport means', () => {
  it('is "not sent" for a connection that never stood', async () => {
    expect(classifyFailure(await refusedConnection())).toEqual({
      kind: 'not_sent',
      trouble: {
        code: 'ECONNREFUSED',
        message: 'The provider could not be reached; nothing was sent.',
        reference: null,
      },
      retryAfterS: 5,
    });
  });

  it.each([
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ERR_BAD_RESPONSE',
    'EPROTO',
    'HPE_INVALID_CONSTANT',
  ])('is "unknown" for %s on a connection that stood', (code) => {
    expect(classifyFailure(thrown(code))).toMatchObject({ kind: 'unknown', trouble: { code } });
  });

  // The kernel reports a lost route with the same words on a connection over which the request went out.
  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', 'CERT_HAS_EXPIRED'])(
    'is not decided by the word %s',
    (code) => {
      expect(classifyFailure(thrown(code, 'read'))).toMatchObject({ kind: 'unknown' });
    },
  );

  it('is a time-out when the call took too long', () => {
    expect(classifyFailure(new CanceledError())).toMatchObject({
      kind: 'unknown',
      trouble: { code: 'timeout' },
    });
  });

  it.each([undefined, null, 'boom', new Error('boom'), { code: 7 }])(
    'is "unknown" for anything else: %p',
    (error) => {
      expect(classifyFailure(error)).toMatchObject({
        kind: 'unknown',
        trouble: { code: 'unexpected_error' },
      });
    },
  );

  it('carries nothing of what was sent', () => {
    const error = thrown('ECONNRESET');
    error.message = 'secret';
    expect(JSON.stringify(classifyFailure(error))).not.toContain('secret');
  });
});
