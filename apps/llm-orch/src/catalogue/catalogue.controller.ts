import { Controller, Get, Param } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import { ModelView, ProviderView, UseCaseView } from './catalogue.dto.js';
import { CatalogueService } from './catalogue.service.js';

@Group('Catalogue', 'Models, providers and use cases that can be named in a request.')
@Controller()
@Authenticated()
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get('models')
  @Route({ summary: 'List the models that can be asked', answer: [ModelView] })
  models() {
    return this.catalogue.models();
  }

  @Get('variants')
  @Route({ summary: 'The same as /models, under its documented name', answer: [ModelView] })
  variants() {
    return this.catalogue.models();
  }

  @Get('providers')
  @Route({ summary: 'List the providers', answer: [ProviderView] })
  providers() {
    return this.catalogue.listProviders();
  }

  @Get('providers/:name')
  @Route({ summary: 'Get a provider', answer: ProviderView, errors: [LlmErrors.PROVIDER_NOT_FOUND] })
  provider(@Param('name') name: string) {
    return this.catalogue.provider(name);
  }

  @Get('use-cases')
  @Route({ summary: 'List the use cases', answer: [UseCaseView] })
  useCases() {
    return this.catalogue.useCases();
  }
}
