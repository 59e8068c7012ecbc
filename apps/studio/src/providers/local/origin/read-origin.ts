import { JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ManifestStore } from '@trustnxt/c2pa-ts/manifest';
import sharp from 'sharp';
import { RiffAsset } from './riff-asset.js';

/** What a picture tells of where it came from. */
export interface Origin {
  /** A term of the IPTC vocabulary of digital source types, as an address. */
  readonly sourceType?: string;
  /** Its C2PA manifests (JUMBF), valid for its bytes. */
  readonly manifests?: Uint8Array;
}

/** Each change adds 27 kB. What is longer ends the chain: a file is not to be carried by its history. */
const MOST_MANIFEST_BYTES = 512 * 1_024;
const SOURCE_TYPE = /DigitalSourceType\s*(?:=\s*["']|>)\s*(https?:\/\/cv\.iptc\.org\/[\w/]+)/;

/** Reads XMP and C2PA. A manifest that does not fit its file counts for nothing. CPU-bound: it hashes the file. */
export async function readOrigin({ bytes }: { readonly bytes: Uint8Array }): Promise<Origin> {
  const manifests = await manifestsOf(bytes).catch(() => undefined);
  const sourceType = manifests === undefined ? undefined : signedType(manifests);
  return {
    ...(sourceType === undefined ? await xmpType(bytes) : { sourceType }),
    ...(manifests === undefined ? {} : { manifests }),
  };
}

/** The IPTC term in an XMP packet. */
export function sourceTypeIn(xmp: string): Pick<Origin, 'sourceType'> {
  const found = SOURCE_TYPE.exec(xmp)?.[1];
  return found === undefined ? {} : { sourceType: found.replace(/^https:/, 'http:') };
}

async function manifestsOf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const kind = [PNG, JPEG, RiffAsset].find((each) => each.canRead(bytes));
  const asset = kind === undefined ? undefined : new kind(bytes);
  const found = asset?.getManifestJUMBF();
  if (asset === undefined || found === undefined || found.length > MOST_MANIFEST_BYTES) return undefined;
  const manifests = Uint8Array.from(found);
  const { isValid } = await storeOf(manifests).validate(asset);
  return isValid && isStable(manifests) ? manifests : undefined;
}

/** Whether the library writes it as it read it: else hashes in it would break. */
function isStable(manifests: Uint8Array): boolean {
  return Buffer.compare(storeOf(manifests).getBytes(), manifests) === 0;
}

function storeOf(manifests: Uint8Array): ManifestStore {
  return ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(manifests)));
}

/** What was done last says what the picture is. */
function signedType(manifests: Uint8Array): string | undefined {
  const actions = storeOf(manifests).getActiveManifest()?.assertions?.getActionAssertions() ?? [];
  return actions
    .flatMap((assertion) => assertion.actions)
    .map(({ digitalSourceType }) => digitalSourceType)
    .findLast((each) => each !== undefined);
}

async function xmpType(bytes: Uint8Array): Promise<Pick<Origin, 'sourceType'>> {
  const { xmp } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => ({ xmp: undefined }));
  return sourceTypeIn(xmp?.toString('utf8') ?? '');
}
