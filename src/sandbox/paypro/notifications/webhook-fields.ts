import { type Answer } from '../../http/answer';
import { isList, isObject } from '../../http/json';
import { isWebUrl } from '../../http/web-url';
import { type Webhook } from '../../notifications/notification';
import { invalid } from '../errors';
import { EVENT_TYPES } from './event-types';

type Fields = Partial<Pick<Webhook, 'name' | 'description' | 'url' | 'active' | 'eventTypes'>>;

/** The fields that a caller sent, or why one of them is refused. */
export function readWebhookFields(body: unknown): { read: Fields } | Answer {
  const sent = isObject(body) ? body : {};
  const { name, description, url, active, enabled_event_types: types } = sent;
  if (url !== undefined && !(typeof url === 'string' && isWebUrl(url))) {
    return invalid('url', 'url must be a web address');
  }
  if (name !== undefined && typeof name !== 'string') return invalid('name', 'name must be a text');
  if (description !== undefined && description !== null && typeof description !== 'string') {
    return invalid('description', 'description must be a text');
  }
  if (active !== undefined && typeof active !== 'boolean') {
    return invalid('active', 'active must be true or false');
  }
  const eventTypes = readTypes(types);
  if (eventTypes === undefined) {
    return invalid('enabled_event_types', 'enabled_event_types must be a list of event types');
  }
  return {
    read: {
      ...(url === undefined ? {} : { url }),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(active === undefined ? {} : { active }),
      ...(types === undefined ? {} : { eventTypes }),
    },
  };
}

/** `all` and no list at all mean every type; undefined is a list that cannot be read. */
function readTypes(types: unknown): string[] | undefined {
  if (types === undefined || types === null) return ['*'];
  if (!isList(types) || types.length === 0) return undefined;
  const names = types.filter((type) => typeof type === 'string');
  if (names.length < types.length) return undefined;
  if (names.includes('all')) return ['*'];
  return names.every((name) => EVENT_TYPES.includes(name)) ? names : undefined;
}
