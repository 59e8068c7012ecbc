import type { MultipartFile } from '@eventzr/http';

/** Where a caller's file is to be had: exactly one of these. */
export interface MediaSource {
  /** `https:`, a link of our own, or `data:…;base64,…`. */
  readonly url?: string | undefined;
  /** A file that studio made and the caller may see. */
  readonly assetId?: string | undefined;
  /** `data:<type>;base64,<bytes>`. */
  readonly dataUri?: string | undefined;
  readonly file?: MultipartFile | undefined;
}

export type MediaKind = 'image' | 'audio';

/** Bytes on the wire, before anything is decoded. */
export const MOST_INPUT_BYTES = 25 * 1024 * 1024;

/** What a route that takes data URIs lets in: base64 is a third larger than its bytes. */
export const DATA_URI_BODY_LIMIT_BYTES = 36 * 1024 * 1024;
