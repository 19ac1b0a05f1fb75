import { type Agent } from 'node:http';
import { type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address';

/** Code of the error for a name that stands for an address we do not call. */
export const ADDRESS_REFUSED = 'ADDRESS_REFUSED';

/** How the name was looked up, and whether this machine itself may be called. */
export interface GuardOptions {
  readonly lookup: LookupFunction;
  readonly isDemo: boolean;
}

export interface GuardedAgents {
  readonly httpAgent: Agent;
  readonly httpsAgent: Agent;
}

/**
 * Agents that connect to public addresses only. The address is judged after the name was looked up and right
 * before it is connected to, so a name that changes its mind in between gains nothing. The library judges
 * literal addresses and every answer, this module's own list judges every answer once more.
 */
export async function guardedAgents({ lookup, isDemo }: GuardOptions): Promise<GuardedAgents> {
  // The library is an ES module: TypeScript lets a CommonJS file load one only like this.
  const library = await import('request-filtering-agent');
  const options = {
    // Another name may share an address that was allowed for the first one.
    keepAlive: false,
    lookup: judged(lookup, (address) => mayCall(address, { isDemo })),
    allowIPAddressList: isDemo ? ['127.0.0.1', '::1'] : [],
  };
  return {
    httpAgent: new library.RequestFilteringHttpAgent(options),
    httpsAgent: new library.RequestFilteringHttpsAgent(options),
  };
}

export function mayCall(address: string, { isDemo }: { readonly isDemo: boolean }): boolean {
  return isPublicAddress(address) || (isDemo && isLoopbackAddress(address));
}

/** Every answer counts: one that is not allowed among others refuses them all. */
function judged(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses =
        typeof found === 'string' ? [found] : (found ?? []).map((one) => one.address);
      if (!error && !addresses.every(isAllowed)) return callback(addressRefused(), '', 0);
      callback(error, found, family);
    });
  };
}

function addressRefused(): NodeJS.ErrnoException {
  return Object.assign(new Error('the address is not public'), { code: ADDRESS_REFUSED });
}
