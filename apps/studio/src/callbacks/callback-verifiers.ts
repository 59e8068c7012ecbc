import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { providersOf } from '@eventzr/jobs';
import { CallbackVerifier } from '../providers/callback-verifier.js';

/** The verifiers by provider: whatever extends `CallbackVerifier` and is provided anywhere is found here. */
@Injectable()
export class CallbackVerifiers {
  constructor(private readonly discovery: DiscoveryService) {}

  /** Undefined: this vendor does not sign, the address's own credential is all there is. */
  of(provider: string): CallbackVerifier | undefined {
    return providersOf(this.discovery, CallbackVerifier).find((each) => each.provider === provider);
  }
}
