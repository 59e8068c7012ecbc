import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { SigningMaterial } from './c2pa-material.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const VALID_MS = 5 * 365 * 24 * 3_600_000;
const AUTHORITY = 'CN=EventZR self-signed authority, O=EventZR';

/**
 * A certificate that nobody else trusts, with the uses that C2PA asks for: it shows that a file was not changed since it
 * left us, not who we are. A certificate of its own authority, because C2PA refuses one that signed itself.
 */
export async function selfSignedMaterial(now: Date): Promise<SigningMaterial> {
  const crypto = webcrypto as unknown as Crypto;
  x509.cryptoProvider.set(crypto);
  const [authority, signer] = [await keys(), await keys()];
  const validity = {
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + VALID_MS),
  };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: AUTHORITY,
    keys: authority,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    subject: 'CN=EventZR Studio, O=EventZR',
    issuer: AUTHORITY,
    publicKey: signer.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.emailProtection]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', signer.privateKey);
  return {
    certificate: `${leaf.toString('pem')}\n${root.toString('pem')}`,
    privateKey: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

function keys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as unknown as Promise<CryptoKeyPair>;
}
