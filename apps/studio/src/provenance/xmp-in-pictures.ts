import { crc32 } from 'node:zlib';

const PNG_HEAD_BYTES = 33;
const JPEG_XMP = 'http://ns.adobe.com/xap/1.0/\0';

/** An iTXt chunk after the header; pixels stay untouched. */
export function pngWithXmp(png: Buffer, xmp: string): Buffer {
  const body = Buffer.concat([Buffer.from('iTXtXML:com.adobe.xmp\0\0\0\0\0'), Buffer.from(xmp)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, PNG_HEAD_BYTES), length, body, sum, png.subarray(PNG_HEAD_BYTES)]);
}

/** An APP1 segment after SOI, or after JFIF's APP0, which must come first. */
export function jpegWithXmp(jpeg: Buffer, xmp: string): Buffer {
  const at = jpeg.readUInt16BE(2) === 0xffe0 ? 4 + jpeg.readUInt16BE(4) : 2;
  const body = Buffer.concat([Buffer.from(JPEG_XMP), Buffer.from(xmp)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, at), head, body, jpeg.subarray(at)]);
}

const HAS_XMP = 0x04;
const HAS_ALPHA = 0x10;

/** A chunk at the end, and the extended header that announces it. */
export function webpWithXmp(
  webp: Buffer,
  xmp: string,
  {
    width,
    height,
    hasAlpha,
  }: { readonly width: number; readonly height: number; readonly hasAlpha: boolean },
): Buffer {
  const extended = webp.toString('latin1', 12, 16) === 'VP8X';
  const flags = extended ? webp.readUInt8(20) : hasAlpha ? HAS_ALPHA : 0;
  const head = Buffer.alloc(10);
  head.writeUInt8(flags | HAS_XMP, 0);
  head.writeUIntLE(width - 1, 4, 3);
  head.writeUIntLE(height - 1, 7, 3);
  const rest = webp.subarray(extended ? 30 : 12);
  const chunks = Buffer.concat([riffChunk('VP8X', head), rest, riffChunk('XMP ', Buffer.from(xmp))]);
  const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), chunks]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

function riffChunk(name: string, data: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
