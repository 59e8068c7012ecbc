import { Controller, Get } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { ProviderCatalogue } from '../providers/provider-catalogue.js';
import { ProviderHealthView, ProviderView } from './provider-status.dto.js';

@Group('Providers', 'Who makes the media here.')
@Controller('providers')
@Authenticated()
export class ProviderStatusController {
  constructor(private readonly catalogue: ProviderCatalogue) {}

  @Get()
  @Route({ summary: 'List the known providers of each kind', answer: [ProviderView] })
  list() {
    return this.catalogue.list();
  }

  @Get('health')
  @Route({ summary: 'Look whether each provider can be called now', answer: [ProviderHealthView] })
  health() {
    return this.catalogue.health();
  }
}
