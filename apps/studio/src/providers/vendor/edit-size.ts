import type { ImageEdit } from '../image-edit-provider.js';

/** As large as the source where nothing else was asked for; twice that for `upscale`. */
export function wantedSize(
  edit: ImageEdit,
  source: { width: number; height: number },
): { width: number; height: number } {
  if (edit.kind !== 'transform') return source;
  const factor = edit.transformation === 'upscale' ? 2 : 1;
  const width =
    edit.width ??
    (edit.height === undefined ? source.width * factor : scaled(edit.height, source.width / source.height));
  return { width, height: edit.height ?? scaled(width, source.height / source.width) };
}

function scaled(side: number, factor: number): number {
  return Math.max(1, Math.round(side * factor));
}
