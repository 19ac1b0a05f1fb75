import { X509Certificate } from 'node:crypto';
import { Certified } from '../../../test/support/certificate-authority';
import { type ProviderReply } from '../provider-reply';
import { PayPalCertificates } from './paypal.certificates';

const place = 'https://api.paypal.com/v1/notifications/certs/';
const missing: ProviderReply = { kind: 'answer', status: 404, body: 'no', headers: {} };
let there: ProviderReply;
const found = { kind: 'found', certificates: [expect.any(X509Certificate)] };

beforeAll(async () => {
  const { pem } = await Certified.root({ commonName: 'x' });
  there = { kind: 'answer', status: 200, body: pem, headers: {} };
});

/** Certificates at a place that answers like this, and a clock that the test turns. */
function open(reply: () => ProviderReply) {
  const asked: string[] = [];
  const send = ({ path }: { path: string }) => {
    asked.push(path);
    return Promise.resolve(reply());
  };
  let nowMs = 0;
  const clock = { now: () => new Date(nowMs) };
  const certificates = new PayPalCertificates(new Map([[place, { send }]]), clock);
  return { certificates, asked, turn: (ms: number) => (nowMs += ms) };
}

describe('a certificate', () => {
  it('is fetched once by its address, however many ask at once and later', async () => {
    const { certificates, asked } = open(() => there);
    const both = await Promise.all([1, 2].map(() => certificates.at({ place, name: 'A' })));
    expect(both).toEqual([found, found]);
    await certificates.at({ place, name: 'A' });
    await certificates.at({ place, name: 'B' });
    expect(asked).toEqual(['/A', '/B']);
  });

  it('that was not there is asked for again after three seconds', async () => {
    let reply: ProviderReply = missing;
    const { certificates, asked, turn } = open(() => reply);
    expect(await certificates.at({ place, name: 'A' })).toMatchObject({ kind: 'absent' });
    reply = there;
    turn(2_999);
    expect(await certificates.at({ place, name: 'A' })).toMatchObject({ kind: 'absent' });
    expect(asked).toEqual(['/A']);
    turn(1);
    expect(await certificates.at({ place, name: 'A' })).toEqual(found);
  });

  it('is not asked for while strangers make up more names than five a second', async () => {
    const { certificates, asked, turn } = open(() => missing);
    const name = (i: number) => certificates.at({ place, name: `X${i}` });
    for (let i = 0; i < 20; i++) expect(await name(i)).toMatchObject({ kind: 'absent' });
    expect(await name(20)).toEqual({ kind: 'crowded' });
    turn(1_000);
    for (let i = 21; i < 100; i++) await name(i);
    expect(asked).toHaveLength(25);
  });

  it('is kept while strangers name hundreds of others that are not there', async () => {
    let reply: ProviderReply = there;
    const { certificates, asked, turn } = open(() => reply);
    await certificates.at({ place, name: 'A' });
    reply = missing;
    for (let i = 0; i < 300; i++) {
      turn(1_000);
      await certificates.at({ place, name: `X${i}` });
    }
    expect(certificates.kept({ place, name: 'A' })).toHaveLength(1);
    expect(asked.filter((path) => path === '/A')).toHaveLength(1);
  });

  it('makes room for newer ones after sixteen', async () => {
    const { certificates, asked } = open(() => there);
    for (let i = 0; i < 17; i++) await certificates.at({ place, name: `C${i}` });
    await certificates.at({ place, name: 'C16' });
    await certificates.at({ place, name: 'C0' });
    expect(asked).toHaveLength(18);
  });

  it.each<[string, string, ProviderReply]>([
    ['absent', 'another text', { kind: 'answer', status: 200, body: '<html>', headers: {} }],
    ['unreachable', 'a redirect', { kind: 'answer', status: 302, body: '', headers: {} }],
    [
      'unreachable',
      'silence',
      { kind: 'unknown', trouble: { code: 'x', message: 'x', reference: null } },
    ],
  ])('is %s where the answer is %s', async (kind, _what, reply) => {
    const { certificates } = open(() => reply);
    expect(await certificates.at({ place, name: 'A' })).toMatchObject({ kind });
  });
});
