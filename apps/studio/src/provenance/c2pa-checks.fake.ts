import { type Asset, BMFF, JPEG, MP3, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { type ActionAssertion, IngredientAssertion, ManifestStore } from '@trustnxt/c2pa-ts/manifest';
import { RiffAsset } from '../providers/local/origin/riff-asset.js';

/** A film, with a brand in its first box that lets the library open it; no hash covers that box. */
class Film extends BMFF {
  constructor(bytes: Buffer) {
    const opened = Buffer.from(bytes);
    opened.write('mif1', bytes.readUInt32BE(0) - 4, 'latin1');
    super(opened);
  }
}

const KINDS = {
  png: PNG,
  jpeg: JPEG,
  mp3: MP3,
  m4a: Film,
  mp4: Film,
  webp: RiffAsset,
  wav: RiffAsset,
} as const;
export type SignedKind = keyof typeof KINDS;

/** @throws Error when there is no manifest */
export function storeIn(bytes: Buffer, kind: SignedKind): ManifestStore {
  return storeOf(new KINDS[kind](bytes));
}

function storeOf(asset: Asset): ManifestStore {
  const jumbf = asset.getManifestJUMBF();
  if (jumbf === undefined) throw new Error('there is no manifest');
  return ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(jumbf)));
}

/** What is wrong with the signature or the hashes; nothing: the file is as it was signed. */
export async function signatureFaults(bytes: Buffer, kind: SignedKind): Promise<string[]> {
  const asset = new KINDS[kind](bytes);
  const { isValid, statusEntries } = await storeOf(asset).validate(asset);
  const failed = statusEntries.filter(({ success }) => !success).map(({ code }) => String(code));
  return isValid ? failed : ['invalid', ...failed];
}

/** What the active manifest says was done, and with what. */
export function toldBy(bytes: Buffer, kind: SignedKind) {
  const assertions = storeIn(bytes, kind).getActiveManifest()?.assertions?.assertions ?? [];
  const actions = assertions.find(({ label }) => label === 'c2pa.actions.v2') as ActionAssertion;
  const ingredients = assertions.filter((each) => each instanceof IngredientAssertion);
  return {
    actions: actions.actions.map(({ action, digitalSourceType }) => [action, digitalSourceType]),
    ingredients: ingredients.map(({ relationship, instanceID, c2pa_manifest: manifest }) => ({
      relationship,
      instanceID,
      manifest: manifest?.uri,
      hash: manifest === undefined ? undefined : Buffer.from(manifest.hash).toString('hex'),
    })),
    uses: actions.actions.flatMap(({ parameters }) => parameters?.ingredients?.map(({ uri }) => uri) ?? []),
  };
}
