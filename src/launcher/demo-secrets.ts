import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { generateApiKey, looksLikeApiKey } from '../platform/auth/api-key';
import { textAt } from '../shared/json';
import { readJsonIfPresent, writeJsonAtomically } from './files';

/** Made once per data folder; the names are those of the file. */
export interface DemoSecrets {
  readonly paypal_client_id: string;
  readonly paypal_client_secret: string;
  readonly paypro_api_key: string;
  readonly paypal_webhook_id: string;
  readonly paypro_webhook_secret: string;
  readonly staff_key: string;
  readonly user_key: string;
  readonly other_user_key: string;
}

/** 128 random bits: the simulators are on this machine, but so may be other users. */
const CREDENTIAL_BYTES = 16;

function randomCredential(prefix: string): string {
  return `${prefix}${randomBytes(CREDENTIAL_BYTES).toString('hex')}`;
}

/** Reads the secrets of this data folder; whatever is missing or damaged is made anew. */
export function openDemoSecrets(dataDir: string): DemoSecrets {
  const path = join(dataDir, 'demo-secrets.json');
  const known = readJsonIfPresent(path);
  const credential = (name: keyof DemoSecrets, prefix: string) =>
    textAt(known, name) ?? randomCredential(prefix);
  const apiKey = (name: keyof DemoSecrets) => {
    const key = textAt(known, name);
    return key !== null && looksLikeApiKey(key) ? key : generateApiKey();
  };
  const secrets: DemoSecrets = {
    paypal_client_id: credential('paypal_client_id', 'demo-client-'),
    paypal_client_secret: credential('paypal_client_secret', 'demo-secret-'),
    paypro_api_key: credential('paypro_api_key', 'demo_'),
    paypal_webhook_id: credential('paypal_webhook_id', ''),
    paypro_webhook_secret: credential('paypro_webhook_secret', ''),
    staff_key: apiKey('staff_key'),
    user_key: apiKey('user_key'),
    other_user_key: apiKey('other_user_key'),
  };
  writeJsonAtomically(path, secrets);
  return secrets;
}
