import type opentype from 'opentype.js';
import { num } from './svg.js';

/**
 * Path data of set type. The library's own writing of it breaks off at numbers such as 7e-15, which kerning leaves
 * behind, and then all letters after one of them are missing.
 */
export function outlines({ commands }: opentype.Path): string {
  return commands
    .map((command) => {
      switch (command.type) {
        case 'Z':
          return 'Z';
        case 'Q':
          return `Q${num(command.x1)} ${num(command.y1)} ${num(command.x)} ${num(command.y)}`;
        case 'C':
          return `C${num(command.x1)} ${num(command.y1)} ${num(command.x2)} ${num(command.y2)} ${num(command.x)} ${num(command.y)}`;
        default:
          return `${command.type}${num(command.x)} ${num(command.y)}`;
      }
    })
    .join('');
}
