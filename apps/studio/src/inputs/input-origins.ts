import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { OriginEngine } from '../providers/local/origin/origin-engine.js';
import { type Origin, sourceTypeIn } from '../providers/local/origin/read-origin.js';

const READ_WITHIN_MS = 30_000;

/** Where pictures that are handed in came from: the copy that is kept has no metadata, so it is read now. */
@Injectable()
export class InputOrigins {
  constructor(
    private readonly engine: OriginEngine,
    private readonly logger: AppLogger,
  ) {}

  /** In any case the plain mark of the original. */
  async of(original: Buffer): Promise<Origin> {
    if (!tellsOrigin(original)) return {};
    return this.engine.read(original, AbortSignal.timeout(READ_WITHIN_MS)).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the origin of a picture was read without its signature');
      return sourceTypeIn(original.toString('latin1'));
    });
  }
}

/** Most pictures say nothing, and need no process to say it. */
function tellsOrigin(bytes: Buffer): boolean {
  return bytes.includes('DigitalSourceType') || bytes.includes('c2pa');
}
