import 'reflect-metadata';
import type { WriteOptions } from './write.js';

/** The metadata key of `@Write`, for document builders and architecture tests. */
export const WRITE_METADATA = 'eventzr:write';

/** How a handler writes, or undefined when it carries no `@Write`. */
export function writeOptionsOf(handler: object): WriteOptions | undefined {
  return Reflect.getMetadata(WRITE_METADATA, handler) as WriteOptions | undefined;
}
