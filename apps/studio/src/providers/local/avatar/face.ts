import { darken, lighten, mix } from '../images/colour.js';
import type { Pencil } from './drawing.js';
import type { Mouth } from './mouth.js';
import type { Looks } from './presenters.js';

/** How a face stands in one frame. */
export interface Face {
  readonly mouth: Mouth;
  /** 0 open to 1 shut. */
  readonly blink: number;
  /** -1 to 1. */
  readonly brows: number;
  /** Where the eyes look, -1 to 1. */
  readonly gaze: number;
}

const n = (value: number): string => value.toFixed(1);

/** Ears, skin, features: everything of the head but its hair. */
export function drawFace(pencil: Pencil, looks: Looks, face: Face): void {
  const { skin, jaw } = looks;
  const shade = darken(skin, 0.14);
  if (looks.style !== 'scarf') ears(pencil, looks, shade);
  const [left, right] = [500 - 138 * jaw, 500 + 138 * jaw];
  const drop = face.mouth.open * 10;
  pencil.fill(
    `M360 372C358 260 420 222 500 222C580 222 642 260 640 372C642 440 ${n(right - 14)} 494 ${n(right - 54)} ${n(536 + drop * 0.6)}C560 ${n(572 + drop)} 526 ${n(582 + drop)} 500 ${n(582 + drop)}C474 ${n(582 + drop)} 440 ${n(572 + drop)} ${n(left + 54)} ${n(536 + drop * 0.6)}C${n(left + 14)} 494 358 440 360 372Z`,
    skin,
  );
  const blush = mix(skin, '#e2574f', 0.5);
  pencil.oval(408, 462, 34, 22, blush, 0.28);
  pencil.oval(592, 462, 34, 22, blush, 0.28);
  if (looks.beard === true) beard(pencil, looks, drop);
  pencil.line('M492 438C486 452 494 460 506 458', darken(skin, 0.3), 5, 0.8);
  drawMouth(pencil, looks, face.mouth);
  for (const side of [-1, 1] as const) {
    eye(pencil, looks, face, side);
    brow(pencil, looks, face.brows, side);
  }
  if (looks.glasses === true) glasses(pencil);
}

function ears(pencil: Pencil, { skin, earrings }: Looks, shade: string): void {
  for (const x of [354, 646]) {
    pencil.oval(x, 404, 24, 36, skin);
    pencil.oval(x, 406, 11, 20, shade, 0.7);
    if (earrings !== undefined) pencil.oval(x, 450, 9, 12, earrings);
  }
}

/** Along the jaw and round the mouth, close-cropped. */
function beard(pencil: Pencil, { hair, skin, jaw }: Looks, drop: number): void {
  const colour = mix(hair, skin, 0.28);
  const [left, right] = [500 - 138 * jaw, 500 + 138 * jaw];
  pencil.fill(
    `M359 410C366 440 378 470 400 482C440 470 460 462 500 462C540 462 560 470 600 482C622 470 634 440 641 410C642 450 ${n(right - 14)} 496 ${n(right - 54)} ${n(537 + drop * 0.6)}C560 ${n(574 + drop)} 526 ${n(585 + drop)} 500 ${n(585 + drop)}C474 ${n(585 + drop)} 440 ${n(574 + drop)} ${n(left + 54)} ${n(537 + drop * 0.6)}C${n(left + 14)} 496 358 450 359 410Z`,
    colour,
  );
}

function brow(pencil: Pencil, { hair, style, skin }: Looks, raised: number, side: -1 | 1): void {
  const colour = style === 'scarf' ? '#2a1c18' : mix(hair, darken(skin, 0.6), 0.25);
  const y = 338 - raised * 9;
  const x = (away: number): string => n(500 + side * away);
  pencil.line(
    `M${x(42)} ${n(y + 5)}C${x(60)} ${n(y - 7)} ${x(84)} ${n(y - 9)} ${x(104)} ${n(y + 6)}`,
    colour,
    10,
  );
}

function eye(pencil: Pencil, { iris, skin, lashes }: Looks, { blink, gaze }: Face, side: -1 | 1): void {
  const [x, y] = [500 + side * 70, 386];
  const opening = 21 * (1 - blink);
  if (opening < 3) {
    pencil.line(`M${n(x - 27)} ${y + 4}Q${n(x)} ${y + 14} ${n(x + 27)} ${y + 4}`, '#2b1c1a', 6);
    return;
  }
  const shape = `M${n(x - 29)} ${y + 3}C${n(x - 16)} ${n(y - opening * 1.15)} ${n(x + 16)} ${n(y - opening * 1.15)} ${n(x + 29)} ${y + 3}C${n(x + 16)} ${n(y + opening * 0.95)} ${n(x - 16)} ${n(y + opening * 0.95)} ${n(x - 29)} ${y + 3}Z`;
  pencil.fill(shape, '#fffdfa');
  pencil.within(shape, () => {
    const at = x + gaze * 6;
    pencil.oval(at, y, 16.5, 16.5, iris);
    pencil.oval(at, y, 8, 8, '#120d0c');
    pencil.oval(at + 5, y - 6, 4.6, 4.6, '#ffffff');
    pencil.fill(
      `M${n(x - 30)} ${y - 30}L${n(x + 30)} ${y - 30}L${n(x + 30)} ${n(y - opening * 0.55)}L${n(x - 30)} ${n(y - opening * 0.55)}Z`,
      darken(skin, 0.35),
      0.22,
    );
  });
  const lid = `M${n(x - 30)} ${y + 3}C${n(x - 16)} ${n(y - opening * 1.2)} ${n(x + 16)} ${n(y - opening * 1.2)} ${n(x + 30)} ${y + 3}`;
  pencil.line(lid, '#2b1c1a', lashes ? 7 : 4.5);
  if (lashes) pencil.line(`M${n(x + side * 29)} ${y + 2}L${n(x + side * 39)} ${y - 7}`, '#2b1c1a', 5);
}

function glasses(pencil: Pencil): void {
  const frame = '#20242f';
  for (const x of [430, 570]) {
    const lens = `M${x - 50} 362C${x - 50} 346 ${x + 50} 346 ${x + 50} 362C${x + 52} 410 ${x + 34} 426 ${x} 426C${x - 34} 426 ${x - 52} 410 ${x - 50} 362Z`;
    pencil.fill(lens, '#dff0ff', 0.14);
    pencil.line(lens, frame, 7);
  }
  pencil.line('M480 372C490 364 510 364 520 372', frame, 7);
  pencil.line('M380 368L354 376M620 368L646 376', frame, 7);
}

/** Lips from one corner to the other, with what is seen between them. */
export function drawMouth(pencil: Pencil, { lips, skin }: Looks, { open, wide, teeth, tongue }: Mouth): void {
  const [x, y] = [500, 506];
  const half = 46 + wide * (wide < 0 ? 22 : 12) - open * 4;
  const height = open * 48;
  const smile = 9 * (1 - open) * (1 + wide * 0.4);
  const corner = y - smile;
  const [up, down] = [y - height * 0.28, y + height * 0.95];
  const [l, r] = [n(x - half), n(x + half)];
  const inner = half * 0.55;
  if (open < 0.05) {
    pencil.fill(
      `M${l} ${n(corner)}C${n(x - inner)} ${n(y - 8)} ${n(x - 12)} ${n(y - 13)} ${x} ${n(y - 7)}C${n(x + 12)} ${n(y - 13)} ${n(x + inner)} ${n(y - 8)} ${r} ${n(corner)}C${n(x + inner)} ${n(y + 17)} ${n(x - inner)} ${n(y + 17)} ${l} ${n(corner)}Z`,
      lips,
    );
    pencil.line(
      `M${l} ${n(corner)}C${n(x - inner)} ${n(y + 4)} ${n(x + inner)} ${n(y + 4)} ${r} ${n(corner)}`,
      darken(lips, 0.45),
      4,
    );
    return;
  }
  const cavity = `M${l} ${n(corner)}C${n(x - inner)} ${n(up - 3)} ${n(x + inner)} ${n(up - 3)} ${r} ${n(corner)}C${n(x + inner * 1.1)} ${n(down + 4)} ${n(x - inner * 1.1)} ${n(down + 4)} ${l} ${n(corner)}Z`;
  pencil.fill(cavity, '#4a1119');
  pencil.within(cavity, () => {
    pencil.oval(x, down + 8 - tongue * height * 0.22, half * 0.62, Math.max(5, height * 0.36), '#d9737a');
    pencil.fill(
      `M${n(x - half)} ${n(up - 16)}L${n(x + half)} ${n(up - 16)}L${n(x + half)} ${n(up + 3 + teeth * 9)}Q${x} ${n(up + 8 + teeth * 11)} ${n(x - half)} ${n(up + 3 + teeth * 9)}Z`,
      '#ffffff',
    );
  });
  pencil.line(cavity, lips, 9);
  pencil.line(
    `M${n(x - inner * 0.7)} ${n(down + 17)}Q${x} ${n(down + 22)} ${n(x + inner * 0.7)} ${n(down + 17)}`,
    lighten(darken(skin, 0.25), 0.02),
    4,
    0.5,
  );
}
