import { type Asset, JPEG, MP3, PNG } from '@trustnxt/c2pa-ts/asset';
import type { Signer } from '@trustnxt/c2pa-ts/cose';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import {
  type Action,
  ActionAssertion,
  ActionType,
  BMFFHashAssertion,
  DataHashAssertion,
  DigitalSourceType,
  IngredientAssertion,
  type Manifest,
  ManifestStore,
  RelationshipType,
} from '@trustnxt/c2pa-ts/manifest';
import { newId } from '@eventzr/config';
import { RiffAsset } from '../providers/local/origin/riff-asset.js';
import { Mp4 } from './c2pa-mp4.js';
import type { Mark } from './mark.js';
import type { Parent } from './parent.js';

const HASH = 'SHA-256';
const HASH_NAME = 'jumbf manifest';

/** The library leaves the whole ID3 tag out of the hash, and with it our own mark: here only the manifest is left out. */
class Mp3 extends MP3 {
  override getHashExclusionRange(): { start: number; length: number } {
    const manifest = this.getManifestJUMBF();
    if (manifest === undefined) throw new Error('no space was made for the manifest');
    return { start: manifest.byteOffset - this.data.byteOffset, length: manifest.byteLength };
  }
}

const FORMATS = {
  'image/png': PNG,
  'image/jpeg': JPEG,
  'image/webp': RiffAsset,
  'audio/wav': RiffAsset,
  'audio/mpeg': Mp3,
  'audio/mp4': Mp4,
  'video/mp4': Mp4,
} as const;

/** The formats into which a manifest can be written here. */
export function takesManifest(mimeType: string): mimeType is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, mimeType);
}

/** The file with a C2PA manifest: who made it, how, from what, and a signed hash of everything else. */
export async function withManifest(
  bytes: Buffer,
  mimeType: keyof typeof FORMATS,
  mark: Mark,
  signer: Signer,
): Promise<Buffer> {
  const asset: Asset = new FORMATS[mimeType](bytes);
  const store = storeOf(mark.parent);
  const earlier = store.getActiveManifest();
  const manifest = store.createManifest({
    assetFormat: mimeType,
    instanceID: `xmp:iid:${newId()}`,
    defaultHashAlgorithm: HASH,
    signer,
  });
  if (manifest.claim !== undefined) manifest.claim.claimGeneratorName = mark.tool;
  addActions(manifest, mark, earlier);
  const hash =
    asset instanceof Mp4 ? BMFFHashAssertion.createV2(HASH_NAME, HASH) : DataHashAssertion.create(HASH);
  manifest.addAssertion(hash);
  await asset.ensureManifestSpace(store.measureSize());
  await hash.updateWithAsset(asset);
  await manifest.sign(signer);
  await asset.writeManifestJUMBF(store.getBytes());
  return Buffer.from(await asset.getDataRange());
}

/** What came with the parent stays in front: the new manifest, the last one, is the one that counts. */
function storeOf(parent: Parent | undefined): ManifestStore {
  if (parent?.manifests === undefined) return new ManifestStore();
  return ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(parent.manifests)));
}

/** A new file was created; a changed one was opened, with what it was before as ingredient, and edited (C2PA 1.4, 18.13). */
function addActions(manifest: Manifest, { parent, ...mark }: Mark, earlier: Manifest | undefined): void {
  const made = { softwareAgent: { name: mark.tool }, ...sourceOf(mark.sourceType) };
  const actions = new ActionAssertion();
  actions.actions =
    parent === undefined
      ? [{ action: ActionType.C2paCreated, ...made }]
      : [opened(manifest, parent, earlier), { action: ActionType.C2paEdited, ...made }];
  manifest.addAssertion(actions);
}

/** Hashes are taken in the order of these calls: the earlier manifest, the ingredient that names it, the action. */
function opened(manifest: Manifest, parent: Parent, earlier: Manifest | undefined): Action {
  const ingredient = IngredientAssertion.createV2('the picture that was handed in', parent.mimeType);
  ingredient.instanceID = `xmp:iid:${parent.id}`;
  ingredient.relationship = RelationshipType.ParentOf;
  if (earlier?.label !== undefined)
    ingredient.c2pa_manifest = manifest.createHashedReference(`/c2pa/${earlier.label}`);
  manifest.addAssertion(ingredient);
  return {
    action: ActionType.C2paOpened,
    parameters: { ingredients: [manifest.createAssertionReference(ingredient)] },
    ...sourceOf(parent.sourceType),
  };
}

function sourceOf(sourceType: string | undefined): Pick<Action, 'digitalSourceType'> {
  const kind = Object.values(DigitalSourceType).find((each) => String(each) === sourceType);
  return kind === undefined ? {} : { digitalSourceType: kind };
}
