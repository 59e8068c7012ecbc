import { create } from 'qrcode';
import type { DrawItem } from './draw-items.js';
import type { Rect } from './layout-tree.js';

/** Modules of white around a code, as ISO 18004 asks for. */
const QUIET = 4;

/** A QR code, dark on white whatever the design's colours are: cameras need it so. */
export function qrItems(text: string, rect: Rect): DrawItem[] {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = Math.min(rect.width, rect.height);
  const step = side / (modules.size + QUIET * 2);
  const left = rect.x + (rect.width - side) / 2;
  const top = rect.y + (rect.height - side) / 2;
  let d = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 0) continue;
      const x = left + (column + QUIET) * step;
      const y = top + (row + QUIET) * step;
      d += `M${x.toFixed(2)} ${y.toFixed(2)}h${step.toFixed(3)}v${step.toFixed(3)}h-${step.toFixed(3)}z`;
    }
  }
  return [
    {
      kind: 'rect',
      rect: { x: left, y: top, width: side, height: side },
      fill: '#ffffff',
      radius: step * 1.5,
    },
    { kind: 'path', d, fill: '#111111' },
  ];
}
