import { createRandom } from '../images/random.js';
import { STYLED_LONGEST, styled } from './styled.js';
import { flatRaster, ofRaster, opened, type Raster } from './raster.js';

/** How a variation looks: which part, which way round, in which colours and hand. */
interface Look {
  readonly hueDegrees: number;
  readonly saturation: number;
  readonly light: readonly [red: number, green: number, blue: number];
  readonly style?: string;
}

/** So far apart that four variants are told apart at a glance. */
const LOOKS: readonly Look[] = [
  { hueDegrees: 0, saturation: 1.25, light: [1.12, 1.02, 0.84] },
  { hueDegrees: -14, saturation: 0.9, light: [0.82, 0.95, 1.16] },
  { hueDegrees: 6, saturation: 1.1, light: [1, 1, 1], style: 'artistic' },
  { hueDegrees: 40, saturation: 1.2, light: [1.02, 0.98, 1.04] },
  { hueDegrees: -8, saturation: 1, light: [1.03, 1, 0.97], style: 'watercolour' },
  { hueDegrees: 0, saturation: 1, light: [1, 1, 1], style: 'vintage' },
];

/**
 * The same picture told again: another cut, perhaps mirrored, in other colours or another hand. `strength` (0-1) is
 * how far it may go. Same seed and index, same picture.
 */
export async function varied(
  source: Uint8Array,
  {
    seed,
    variantIndex,
    strength,
  }: { readonly seed: number; readonly variantIndex: number; readonly strength: number },
): Promise<Raster> {
  const random = createRandom(seed);
  const look = random.shuffle(LOOKS)[variantIndex % LOOKS.length] ?? LOOKS[0];
  const own = random.fork(`variant ${variantIndex}`);
  const whole = await flatRaster(opened(source), STYLED_LONGEST);
  const { width, height } = whole;
  const zoom = 1 - own.between(0.04, 0.1 + 0.22 * strength);
  const [right, down] = [Math.max(1, Math.round(width * zoom)), Math.max(1, Math.round(height * zoom))];
  const [left, top] = [own.whole(0, width - right), own.whole(0, height - down)];
  const cut = ofRaster(whole).extract({ left, top, width: right, height: down });
  const framed = await flatRaster(variantIndex % 2 === 0 ? cut.flop() : cut, STYLED_LONGEST);
  const { hueDegrees, saturation, light, style } = look ?? { hueDegrees: 0, saturation: 1, light: [1, 1, 1] };
  const share = 0.35 + 0.65 * strength;
  const large = await ofRaster(framed)
    .resize(width, height, { kernel: 'lanczos3', fit: 'fill' })
    .raw()
    .toBuffer();
  const graded = ofRaster({ data: large, width, height, channels: 3 })
    .modulate({ hue: Math.round(hueDegrees * share), saturation: 1 + (saturation - 1) * share })
    .linear(
      light.map((value) => 1 + (value - 1) * share),
      [0, 0, 0],
    );
  const raster = await flatRaster(graded, STYLED_LONGEST);
  return style === undefined ? raster : styled(raster, { style, reference: undefined, seed }, share);
}
