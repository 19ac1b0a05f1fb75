import { parsedSetting } from '../../shared/settings';

/** Whether pages of an origin may read our answers. `null`: no page of another origin may. */
export type CorsOrigins = readonly string[] | null;

/** A page of this machine, whatever port its server took: for a demonstration only. */
const ANY_PORT = /^http:\/\/(?:localhost|127\.0\.0\.1):\*$/;

const PORT = /^\d{1,5}$/;

/** `CORS_ORIGINS`: in the spelling in which browsers send them, so that they can be compared letter by letter. */
export const corsOriginsSetting = parsedSetting<CorsOrigins>(
  {
    expected:
      'be origins such as https://shop.example.com, each as browsers write it (no path, no slash at the end), separated by commas; * is none',
    parse: (text) => {
      const origins = text.split(',').map((origin) => origin.trim());
      const areOrigins = origins.every((origin) => isOrigin(origin) || takesAnyPort(origin));
      return areOrigins && new Set(origins).size === origins.length ? origins : undefined;
    },
  },
  {
    about:
      'The web pages that may call this API from a browser, by their origins. Left out, none of another origin may.',
    cure: 'Name the origin of each shop, with https:// and without a path.',
    example: 'https://shop.example.com',
    fallback: null,
  },
);

/** Whether an entry of the setting stands for every port of this machine. */
export function takesAnyPort(origin: string): boolean {
  return ANY_PORT.test(origin);
}

/** Whether a page of this origin, as a browser names it, may read answers. */
export function isAllowed(origins: readonly string[], origin: string): boolean {
  if (origins.includes(origin)) return true;
  return origins.some((one) => {
    const start = one.slice(0, -1);
    return takesAnyPort(one) && origin.startsWith(start) && PORT.test(origin.slice(start.length));
  });
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}
