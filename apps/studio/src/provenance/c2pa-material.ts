import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** PEM: the chain with the signing certificate first, and its key in PKCS#8. */
export interface SigningMaterial {
  readonly certificate: string;
  readonly privateKey: string;
}

const SHORTEST_RSA_BITS = 2_048;
const CURVES: Readonly<Record<string, 'ES256' | 'ES384'>> = { prime256v1: 'ES256', secp384r1: 'ES384' };

/** Why nothing can be signed with it, naming the variable; undefined: it fits. The key itself is never repeated. */
export function materialFault({ certificate, privateKey }: SigningMaterial): string | undefined {
  const own = attempt(() => new X509Certificate(certificate));
  if (own === undefined)
    return 'C2PA_CERTIFICATE is no certificate in PEM (the signing certificate first, then its chain)';
  const key = attempt(() => createPrivateKey(privateKey));
  if (key === undefined) return 'C2PA_PRIVATE_KEY is no private key in PEM (PKCS#8, without a passphrase)';
  if (algorithmOf(key) === undefined)
    return 'C2PA_PRIVATE_KEY must be of EC P-256 or P-384, Ed25519, or RSA with 2048 bits or more';
  return own.checkPrivateKey(key) ? undefined : 'C2PA_PRIVATE_KEY is not the key of C2PA_CERTIFICATE';
}

/** COSE's name of how a key signs; undefined: keys that C2PA, or the library, does not take (P-521 is signed wrongly). */
export function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails: { namedCurve = '', modulusLength = 0 } = {},
}: KeyObject): 'ES256' | 'ES384' | 'Ed25519' | 'PS256' | undefined {
  if (asymmetricKeyType === 'ed25519') return 'Ed25519';
  if (asymmetricKeyType === 'ec') return CURVES[namedCurve];
  return asymmetricKeyType === 'rsa' && modulusLength >= SHORTEST_RSA_BITS ? 'PS256' : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
