import { JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import type { Signer } from '@trustnxt/c2pa-ts/cose';
import {
  ActionAssertion,
  ActionType,
  DataHashAssertion,
  DigitalSourceType,
  ManifestStore,
} from '@trustnxt/c2pa-ts/manifest';
import type { Mark } from './mark.js';

const FORMATS = { 'image/png': PNG, 'image/jpeg': JPEG } as const;

/** The formats into which a manifest can be written here. */
export function takesManifest(mimeType: string): mimeType is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, mimeType);
}

/** The picture with a C2PA manifest: who made it, how, and a signed hash of everything else. */
export async function withManifest(
  bytes: Buffer,
  mimeType: keyof typeof FORMATS,
  { sourceType, tool, jobId }: Mark,
  signer: Signer,
): Promise<Buffer> {
  const asset = new FORMATS[mimeType](bytes);
  const store = new ManifestStore();
  const manifest = store.createManifest({
    assetFormat: mimeType,
    instanceID: `xmp:iid:${jobId}`,
    defaultHashAlgorithm: 'SHA-256',
    signer,
  });
  if (manifest.claim !== undefined) manifest.claim.claimGeneratorName = tool;
  const actions = new ActionAssertion();
  const kind = Object.values(DigitalSourceType).find((each) => String(each) === sourceType);
  actions.actions = [
    {
      action: ActionType.C2paCreated,
      softwareAgent: { name: tool },
      ...(kind === undefined ? {} : { digitalSourceType: kind }),
    },
  ];
  const hash = DataHashAssertion.create('SHA-256');
  manifest.addAssertion(actions);
  manifest.addAssertion(hash);
  await asset.ensureManifestSpace(store.measureSize());
  await hash.updateWithAsset(asset);
  await manifest.sign(signer);
  await asset.writeManifestJUMBF(store.getBytes());
  return Buffer.from(await asset.getDataRange());
}
