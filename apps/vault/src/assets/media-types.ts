/** No configuration lets `POST /assets` take more: larger files have a route of their own. */
export const LARGEST_SMALL_UPLOAD = 25 * 1024 * 1024;

export const ASSET_TYPES = ['image', 'video', 'audio', 'document'] as const;

export type AssetType = (typeof ASSET_TYPES)[number];

interface MediaType {
  readonly type: AssetType;
  readonly extensions: readonly string[];
  /** Other names under which callers and sniffers know it. */
  readonly aliases: readonly string[];
}

/** Everything that vault keeps. SVG is not among it: it runs scripts. */
const MEDIA_TYPES: Readonly<Record<string, MediaType>> = {
  'image/png': { type: 'image', extensions: ['png'], aliases: ['image/apng'] },
  'image/jpeg': { type: 'image', extensions: ['jpg', 'jpeg', 'jfif'], aliases: ['image/jpg', 'image/pjpeg'] },
  'image/gif': { type: 'image', extensions: ['gif'], aliases: [] },
  'image/webp': { type: 'image', extensions: ['webp'], aliases: [] },
  'image/avif': { type: 'image', extensions: ['avif'], aliases: [] },
  'image/heic': { type: 'image', extensions: ['heic', 'heif'], aliases: ['image/heif'] },
  'image/tiff': { type: 'image', extensions: ['tif', 'tiff'], aliases: [] },
  'video/mp4': { type: 'video', extensions: ['mp4', 'm4v'], aliases: ['video/x-m4v'] },
  'video/webm': { type: 'video', extensions: ['webm'], aliases: [] },
  'video/quicktime': { type: 'video', extensions: ['mov', 'qt'], aliases: [] },
  'audio/mpeg': { type: 'audio', extensions: ['mp3'], aliases: ['audio/mp3'] },
  'audio/wav': {
    type: 'audio',
    extensions: ['wav'],
    aliases: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  },
  'audio/ogg': {
    type: 'audio',
    extensions: ['ogg', 'oga', 'opus'],
    aliases: ['audio/opus', 'application/ogg'],
  },
  'audio/mp4': { type: 'audio', extensions: ['m4a'], aliases: ['audio/x-m4a', 'audio/m4a', 'audio/aac'] },
  'audio/flac': { type: 'audio', extensions: ['flac'], aliases: ['audio/x-flac'] },
  'application/pdf': { type: 'document', extensions: ['pdf'], aliases: [] },
};

/** The one name of a media type, without parameters; undefined for what vault does not keep. */
export function canonicalMime(name: string | undefined): string | undefined {
  const essence = name?.split(';')[0]?.trim().toLowerCase();
  if (essence === undefined) return undefined;
  if (Object.hasOwn(MEDIA_TYPES, essence)) return essence;
  return Object.keys(MEDIA_TYPES).find((mime) => MEDIA_TYPES[mime]?.aliases.includes(essence));
}

/** The type on which declaration, content and file name agree; undefined when they do not. */
export function agreedType(
  declared: string,
  sniffed: string | undefined,
  filename: string,
): { mimeType: string; type: AssetType } | undefined {
  const mimeType = canonicalMime(sniffed);
  const known = mimeType === undefined ? undefined : MEDIA_TYPES[mimeType];
  if (mimeType === undefined || known === undefined || canonicalMime(declared) !== mimeType) return undefined;
  const extension = /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return known.extensions.includes(extension) ? { mimeType, type: known.type } : undefined;
}

/** Control characters, and marks that change the direction of text. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}]/gu;

/** A caller's file name as metadata: the last segment of any path, without control characters, of bounded length. */
export function plainFilename(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(INVISIBLE, '').trim();
  const bounded = [...clean].slice(-200).join('');
  return /^\.*$/.test(bounded) ? 'file' : bounded;
}
