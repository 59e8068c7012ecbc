import { Controller, Get } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { Group, HealthRegistry, HttpErrors, Route, ServiceIdentity } from '@eventzr/http';
import { HealthView, ReadinessView } from './health.dto.js';

/** Whether the process lives, and whether it can work. */
@Group('About this service', 'Its health, this document, and every error code.')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly identity: ServiceIdentity,
    private readonly registry: HealthRegistry,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Route({ summary: 'Tell that the process lives', answer: HealthView, bothPorts: true })
  live(): HealthView {
    const { name, version } = this.identity;
    return { status: 'ok', service: name, version, timestamp: this.clock.now().toISOString() };
  }

  @Get('ready')
  @Route({ summary: 'Tell whether all required parts are up', answer: ReadinessView, bothPorts: true })
  async readiness(): Promise<ReadinessView> {
    const { ready, checks } = await this.registry.report();
    if (!ready) throw HttpErrors.UNAVAILABLE({ checks });
    return { ...this.live(), checks };
  }
}
