import { hash, randomBytes } from 'node:crypto';

/** 256 random bits: enough that a plain hash of it needs no salt and no slow function. */
const SECRET_BYTES = 32;

const KEY_PATTERN = /^kassa_[A-Za-z0-9_-]{43}$/;

/** A new API key: `kassa_` and 43 base64url characters. It is shown once and never stored. */
export function generateApiKey(): string {
  return `kassa_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Whether a text has the shape of a key of ours; says nothing about whether the key exists. */
export function looksLikeApiKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

/** What is stored of a key: the hexadecimal SHA-256 of its text. */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex');
}
