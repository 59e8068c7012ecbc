import { Injectable } from '@nestjs/common';
import { LlmOrchConfig } from '../config.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { findPrice } from '../providers/prices.js';
import type { ModelInfo } from '../providers/text-provider.js';
import { TextProviders } from '../providers/text-providers.js';
import { USE_CASES } from '../providers/use-cases.js';
import type { ModelView, ProviderView, UseCaseView } from './catalogue.dto.js';

const MICROS_PER_USD = 1_000_000;

/** What can be asked for here. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly providers: TextProviders,
    private readonly config: LlmOrchConfig,
  ) {}

  models(): ModelView[] {
    const configured = this.providers.all().filter((provider) => provider.configured());
    return configured.flatMap((provider) =>
      provider.models().map((model) => modelView(provider.name, model)),
    );
  }

  listProviders(): ProviderView[] {
    return this.providers.names().map((name) => this.view(name));
  }

  provider(name: string): ProviderView {
    if (!this.providers.names().includes(name)) throw LlmErrors.PROVIDER_NOT_FOUND();
    return this.view(name);
  }

  useCases(): UseCaseView[] {
    return USE_CASES.map((name) => ({ name }));
  }

  private view(name: string): ProviderView {
    const provider = this.providers
      .all()
      .find((candidate) => candidate.name === name && candidate.configured());
    if (provider !== undefined) {
      return { name, configured: true, state: 'ready', models: provider.models().map(({ id }) => id) };
    }
    const state = this.config.localFallback === 'on' ? 'stands-in' : 'not-configured';
    return { name, configured: false, state, models: [] };
  }
}

function modelView(
  provider: string,
  { id, contextWindowTokens, maxOutputTokens, capabilities, description }: ModelInfo,
): ModelView {
  const price = findPrice(provider, id);
  return {
    id,
    provider,
    contextWindowTokens,
    maxOutputTokens,
    capabilities: [...capabilities],
    ...(description === undefined ? {} : { description }),
    ...(price === undefined
      ? {}
      : {
          inputUsdPerMillionTokens: price.inputMicroUsdPerMTok / MICROS_PER_USD,
          outputUsdPerMillionTokens: price.outputMicroUsdPerMTok / MICROS_PER_USD,
        }),
  };
}
