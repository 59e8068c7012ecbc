import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { FetchRefused } from './fetch-refused.js';

/** Every address that a name resolves to. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export type AddressRule = (address: string) => boolean;

export const systemResolve: Resolve = (hostname) =>
  new Promise((done, fail) => {
    systemLookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) done(addresses);
      else fail(error);
    });
  });

/**
 * The lookup that the socket itself uses: what was checked is what is connected to, so a name that answers differently the second
 * time gains nothing. One address out of bounds refuses the name as a whole.
 */
export function checkedLookup(resolve: Resolve, allowed: AddressRule): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return done(new FetchRefused('unreachable'), []);
        if (!addresses.every(({ address }) => isIP(address) !== 0 && allowed(address))) {
          return done(new FetchRefused('forbidden-address'), []);
        }
        return options.all === true ? done(null, [...addresses]) : done(null, first.address, first.family);
      },
      (error: unknown) => done(new FetchRefused('unreachable', { cause: error }), []),
    );
  };
}
