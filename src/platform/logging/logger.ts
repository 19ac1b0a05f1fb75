import { pino, type LevelWithSilent } from 'pino';
import { choiceSetting, type SettingValues } from '../../shared/settings';
import { type Logger } from './log';
import { fieldsOfContext } from './log-context';

export const loggingSettings = {
  LOG_LEVEL: choiceSetting(['debug', 'info', 'warn', 'error', 'silent'], {
    about: 'The least important lines that are still written.',
    cure: 'Use info in production.',
    fallback: 'info',
  }),
};

export type LoggingSettings = SettingValues<typeof loggingSettings>;

/**
 * JSON lines on standard output. Lines name ids and codes, never whole objects; redaction is the second wall,
 * for an object that slips in after all.
 */
export function createLogger(level: LevelWithSilent): Logger {
  return pino({
    level,
    base: null,
    mixin: fieldsOfContext,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['authorization', 'cookie', '*.authorization', '*.cookie', '*.password', '*.secret'],
      censor: '[hidden]',
    },
  });
}
