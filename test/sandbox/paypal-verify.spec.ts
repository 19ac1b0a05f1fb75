import { createSign } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { parseBody, text } from './reply.wire';
import { ACCOUNT, control, paypalClient, start } from './support';

const ID = 'WEBHOOKFORSIGNING';
const SENT = { id: '5b0a4d48-8a0a-4b5c-9f6e-000000000001', time: '2026-11-20T10:00:00Z' };

describe('PayPal: the signature of bytes that JSON writers change', () => {
  let folder: string;
  let sandbox: RunningSandbox;
  let signer: { privateKey: string; certificateId: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const dataFile = join(folder, 'state.jsonl');
    sandbox = await start({ dataFile });
    const account = ACCOUNT.clientId;
    const hook = { gateway: 'paypal', account, url: 'http://127.0.0.1:9/', id: ID };
    await control(sandbox.url)('POST', '/webhooks', hook);
    const [first = ''] = (await readFile(dataFile, 'utf8')).split('\n');
    const value = parseBody(first)['0']?.['value'];
    signer = {
      privateKey: text(value?.['privateKey']),
      certificateId: text(value?.['certificateId']),
    };
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function verdict(signed: string, asked = signed): Promise<unknown> {
    const message = `${SENT.id}|${SENT.time}|${ID}|${crc32(signed)}`;
    const call = await paypalClient(sandbox.url);
    const fields = JSON.stringify({
      auth_algo: 'SHA256withRSA',
      cert_url: `${sandbox.url}/paypal/v1/notifications/certs/${signer.certificateId}`,
      transmission_id: SENT.id,
      transmission_sig: createSign('sha256').update(message).sign(signer.privateKey, 'base64'),
      transmission_time: SENT.time,
      webhook_id: ID,
    });
    const body = `${fields.slice(0, -1)},\n  "webhook_event" : ${asked}\n}`;
    const { body: answer } = await call('POST', '/v1/notifications/verify-webhook-signature', body);
    return answer['verification_status'];
  }

  it.each([
    ['a number with a zero behind the point', '{"total":1.0}', '{"total":1}'],
    ['an empty object', '{"breakdown":{}}', '{"breakdown":[]}'],
    ['spaces', '{ "a" : [ 1 , 2 ] }', '{"a":[1,2]}'],
    ['the order of members', '{"b":1,"a":2}', '{"a":2,"b":1}'],
    ['escapes', '{"name":"Zo\\u00eb \\" } ] \\\\"}', '{"name":"Zoë \\" } ] \\\\"}'],
    ['letters outside of ASCII', '{"name":"Zoë €"}', '{"name":"Zoe €"}'],
    ['large numbers', '{"n":9007199254740993}', '{"n":9007199254740992}'],
  ])('holds for %s, and only as it was sent', async (_what, sent, rewritten) => {
    expect(await verdict(sent)).toBe('SUCCESS');
    expect(await verdict(sent, rewritten)).toBe('FAILURE');
  });
});
