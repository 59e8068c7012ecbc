import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthIndicator, HealthRegistry, type HealthState } from '@eventzr/http';
import { ImageModeration } from './image-moderation.js';

/** Tells when pictures pass, or are refused, because nobody can judge them. */
@Injectable()
export class ModerationHealth extends HealthIndicator implements OnModuleInit {
  readonly name = 'image-moderation';

  constructor(
    private readonly images: ImageModeration,
    private readonly registry: HealthRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.add(this);
  }

  check(): Promise<HealthState> {
    const detail = this.images.fault();
    return Promise.resolve(
      detail === undefined
        ? { status: 'up', required: false }
        : { status: 'degraded', detail, required: false },
    );
  }
}
