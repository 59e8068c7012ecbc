import { BMFF, type BMFFBox } from '@trustnxt/c2pa-ts/asset';

/** A brand by which the library takes the container for one that it knows. */
const KNOWN_BRAND = 'mif1';
const BRAND_BYTES = 4;
/** Of a `stco` or `co64` box: version and flags, then the number of entries. */
const COUNT_AT = 4;
const ENTRIES_AT = 8;

/**
 * MP4 and M4A in a library made for pictures of the same container (ISO/IEC 14496-12). It lacks two things. It opens
 * only files with a brand of pictures: one brand is put in its place while it works, in the one box (`ftyp`) that no
 * hash covers, and put back at the end. And it moves the samples without telling the tables that point at them.
 */
export class Mp4 extends BMFF {
  private readonly brandAt: number;
  private readonly brand: Uint8Array;

  /** @throws Error for what is no plain MP4 file */
  constructor(bytes: Uint8Array) {
    const brandAt = lastBrand(bytes);
    const opened = Uint8Array.from(bytes);
    opened.set(Buffer.from(KNOWN_BRAND), brandAt);
    super(opened);
    if (this.getTopLevelBoxes().some(({ type }) => type === 'moof'))
      throw new Error('the film is in fragments, whose samples are addressed otherwise');
    this.brandAt = brandAt;
    this.brand = Uint8Array.from(bytes.subarray(brandAt, brandAt + BRAND_BYTES));
  }

  override async ensureManifestSpace(length: number): Promise<void> {
    const before = this.getDataLength();
    await super.ensureManifestSpace(length);
    const view = new DataView(this.data.buffer, this.data.byteOffset, this.data.byteLength);
    for (const box of this.getTopLevelBoxes()) moveSamples(view, box, this.getDataLength() - before);
  }

  override async writeManifestJUMBF(jumbf: Uint8Array): Promise<void> {
    await super.writeManifestJUMBF(jumbf);
    this.data.set(this.brand, this.brandAt);
  }
}

/** Where the last of the compatible brands stands in the first box. */
function lastBrand(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.toString('latin1', 4, 8) !== 'ftyp') throw new Error('the file does not begin as MP4');
  return head.readUInt32BE(0) - BRAND_BYTES;
}

/** Adds `bytes` to every place in the file that a table of chunks (`stco`, `co64`) names. */
function moveSamples(view: DataView, box: BMFFBox<object> & { payloadOffset: number }, bytes: number): void {
  for (const child of box.childBoxes) moveSamples(view, child, bytes);
  if (box.type !== 'stco' && box.type !== 'co64') return;
  const first = box.payloadOffset + ENTRIES_AT;
  for (let entry = 0; entry < view.getUint32(box.payloadOffset + COUNT_AT); entry++) {
    const [short, long] = [first + entry * 4, first + entry * 8];
    if (box.type === 'stco') view.setUint32(short, view.getUint32(short) + bytes);
    else view.setBigUint64(long, view.getBigUint64(long) + BigInt(bytes));
  }
}
