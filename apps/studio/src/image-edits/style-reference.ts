import { isUuid } from '@eventzr/config';
import type { MediaSource } from '../inputs/media-source.js';
import type { Transformation } from '../providers/image-edit-provider.js';
import { styleNamed } from '../providers/local/images/styles/styles.js';
import { filterOf, FILTERS } from '../providers/local/edits/toned.js';
import { STYLES } from '../providers/local/images/styles/styles.js';
import { StudioErrors } from '../studio.errors.js';

const ADDRESS = /^(https?|data):/i;
const HEX = /^#[0-9a-f]{6}$/i;

/** What a `styleReference` means: a picture to be taken, or a name. */
export function styleReference(text: string | undefined): { picture?: MediaSource; name?: string } {
  if (text === undefined) return {};
  if (ADDRESS.test(text)) return { picture: { url: text } };
  return isUuid(text) ? { picture: { assetId: text } } : { name: text };
}

/**
 * Local engines know their styles by name; vendors read them as words.
 * @throws INVALID_TRANSFORMATION 400
 */
export function assertLocalStyle(transformation: Transformation, name: string | undefined): void {
  if (name === undefined) return;
  if (transformation === 'style-transfer' && styleNamed(name) === undefined)
    throw StudioErrors.INVALID_TRANSFORMATION({ styleReference: name, accepts: STYLES });
  if (transformation === 'filter' && filterOf(name) === undefined)
    throw StudioErrors.INVALID_TRANSFORMATION({ styleReference: name, accepts: FILTERS });
  if (transformation === 'colorize' && !HEX.test(name))
    throw StudioErrors.INVALID_TRANSFORMATION({ styleReference: name, accepts: ['#rrggbb'] });
}
