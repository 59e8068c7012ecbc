import { Controller, Get } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { bytes, type Bytes, Group, Route } from '@eventzr/http';
import { KeyRing } from './key-ring.js';

/** Shorter than a key is public before it signs. */
const CACHE_SECONDS = 300;

@Group('Keys', 'The public keys of access tokens.')
@Controller('.well-known')
export class KeysController {
  constructor(private readonly ring: KeyRing) {}

  @Get('jwks.json')
  @Public()
  @Route({
    summary: 'Public keys of access tokens',
    description:
      'A JSON Web Key Set (RFC 7517) with the current key, the next one and retired ones whose tokens may still live.',
    raw: true,
    bothPorts: true,
    contentTypes: ['application/json'],
  })
  async list(): Promise<Bytes> {
    const keys = (await this.ring.published()).map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg, use: 'sig' }));
    const headers = {
      'content-type': 'application/json',
      'cache-control': `public, max-age=${CACHE_SECONDS}`,
    };
    return bytes(JSON.stringify({ keys }), headers);
  }
}
