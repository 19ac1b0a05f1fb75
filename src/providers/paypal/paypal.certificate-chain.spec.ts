import { Certified } from '../../../test/support/certificate-authority';
import { isTrusted, readCertificates } from './paypal.certificate-chain';

const commonName = 'messageverificationcerts.paypal.com';
const now = new Date('2026-11-20T12:00:00Z');
const over = { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-11-20T11:59:59Z') };

let root: Certified;
let middle: Certified;
let leaf: Certified;

beforeAll(async () => {
  root = await Certified.root({ commonName: 'Root' });
  middle = await root.issue({ commonName: 'Middle', isAuthority: true });
  leaf = await middle.issue({ commonName });
});

function judge(chain: readonly Certified[], { anchor = root, at = now } = {}): boolean {
  const certificates = readCertificates(chain.map(({ pem }) => pem).join('\n'));
  const anchors = readCertificates(anchor.pem);
  if (!certificates || !anchors) throw new Error('the certificates cannot be read');
  return isTrusted(certificates, { commonName, anchors }, at);
}

describe('a certificate of PayPal', () => {
  it('descends from the anchor, by way of intermediates or directly', async () => {
    expect(judge([leaf, middle])).toBe(true);
    expect(judge([leaf, middle, root])).toBe(true);
    expect(judge([leaf], { anchor: middle })).toBe(true);
    expect(judge([await root.issue({ commonName })])).toBe(true);
  });

  it('is not trusted without its intermediate', () => {
    expect(judge([leaf])).toBe(false);
  });

  it('is not trusted under another anchor, even one of the same name', async () => {
    const twin = await Certified.root({ commonName: 'Root' });
    expect(judge([leaf, middle], { anchor: twin })).toBe(false);
    expect(judge([leaf, middle, twin], { anchor: twin })).toBe(false);
  });

  it.each(['messageverificationcerts.sandbox.paypal.com', 'x.messageverificationcerts.paypal.com'])(
    'is not trusted under the name %s',
    async (other) => {
      expect(judge([await root.issue({ commonName: other })])).toBe(false);
    },
  );

  it('is not trusted when it was issued by one who may not issue', async () => {
    const impostor = await root.issue({ commonName: 'Middle' });
    expect(judge([await impostor.issue({ commonName }), impostor])).toBe(false);
  });

  it('is trusted from its first second to its last', () => {
    expect(judge([leaf, middle], { at: new Date('2025-01-01T00:00:00Z') })).toBe(true);
    expect(judge([leaf, middle], { at: new Date('2024-12-31T23:59:59Z') })).toBe(false);
    expect(judge([leaf, middle], { at: new Date('2035-01-01T00:00:00Z') })).toBe(true);
    expect(judge([leaf, middle], { at: new Date('2035-01-01T00:00:01Z') })).toBe(false);
  });

  it('is not trusted when an intermediate or the anchor is over', async () => {
    const oldMiddle = await root.issue({ commonName: 'Middle', isAuthority: true, ...over });
    expect(judge([await oldMiddle.issue({ commonName }), oldMiddle])).toBe(false);
    const oldRoot = await Certified.root({ commonName: 'Root', ...over });
    expect(judge([await oldRoot.issue({ commonName })], { anchor: oldRoot })).toBe(false);
  });

  it('is not trusted at the end of an endless chain', async () => {
    const long = [root];
    for (let i = 0; i < 8; i++) {
      const last = long[0] ?? root;
      long.unshift(await last.issue({ commonName: `Middle ${i}`, isAuthority: true }));
    }
    expect(judge([await (long[0] ?? root).issue({ commonName }), ...long])).toBe(false);
  });
});

describe('PEM text', () => {
  it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'holds no certificates: %j',
    (text) => {
      expect(readCertificates(text)).toBeNull();
    },
  );
});
