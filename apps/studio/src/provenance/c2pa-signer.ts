import { createPrivateKey } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { PemConverter, X509Certificate } from '@peculiar/x509';
import { CoseAlgorithmIdentifier, LocalSigner, type Signer } from '@trustnxt/c2pa-ts/cose';
import { Clock } from '@eventzr/config';
import { StudioConfig } from '../config.js';
import { selfSignedMaterial } from './c2pa-certificate.js';
import { algorithmOf, type SigningMaterial } from './c2pa-material.js';
import { takesManifest, withManifest } from './c2pa-manifest.js';
import type { Mark } from './mark.js';

/** Signs pictures, sound and films with the operator's certificate; embedded, with one that was made here and is kept. */
@Injectable()
export class C2paSigner {
  private loading: Promise<Signer | undefined> | undefined;

  constructor(
    private readonly config: StudioConfig,
    private readonly clock: Clock,
  ) {}

  /** Undefined: the format takes no manifest, or signing is switched off. */
  async signed(bytes: Buffer, mimeType: string, mark: Mark): Promise<Buffer | undefined> {
    if (!takesManifest(mimeType)) return undefined;
    this.loading ??= this.signer();
    const signer = await this.loading;
    return signer === undefined ? undefined : withManifest(bytes, mimeType, mark, signer);
  }

  private async signer(): Promise<Signer | undefined> {
    const { c2pa, c2paCertificate: certificate, c2paPrivateKey: privateKey, embedded } = this.config;
    if (c2pa === 'off') return undefined;
    if (certificate !== undefined && privateKey !== undefined) return signerOf({ certificate, privateKey });
    return embedded ? signerOf(await this.kept()) : undefined;
  }

  /** Several processes may begin at once: the first to write wins, the others read. */
  private async kept(): Promise<SigningMaterial> {
    const folder = path.join(this.config.dataDir, 'secrets');
    const file = path.join(folder, 'c2pa.json');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const made = await selfSignedMaterial(this.clock.now());
    await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    return JSON.parse(await readFile(file, 'utf8')) as SigningMaterial;
  }
}

function signerOf({ certificate, privateKey }: SigningMaterial): Signer {
  const [own, ...chain] = PemConverter.decode(certificate).map((der) => new X509Certificate(der));
  if (own === undefined) throw new Error('C2PA_CERTIFICATE holds no certificate');
  const key = createPrivateKey(privateKey);
  const algorithm = algorithmOf(key);
  if (algorithm === undefined) throw new Error('C2PA_PRIVATE_KEY is of a kind that cannot sign here');
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return new LocalSigner(der, CoseAlgorithmIdentifier[algorithm], own, chain);
}
