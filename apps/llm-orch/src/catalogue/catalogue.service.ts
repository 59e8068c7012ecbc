import { Injectable } from '@nestjs/common';
import { Breakers } from '../breaker/breakers.js';
import { LlmOrchConfig } from '../config.js';
import { CompletionPlanner } from '../inference/completion-planner.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { findPrice } from '../providers/prices.js';
import type { ModelInfo } from '../providers/text-provider.js';
import { TextProviders } from '../providers/text-providers.js';
import { USE_CASES } from '../providers/use-cases.js';
import { ProviderHealth } from './provider-health.js';
import type { ModelView, ProviderView, UseCaseView } from './catalogue.dto.js';

const MICROS_PER_USD = 1_000_000;

/** What can be asked for here. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly providers: TextProviders,
    private readonly planner: CompletionPlanner,
    private readonly breakers: Breakers,
    private readonly health: ProviderHealth,
    private readonly config: LlmOrchConfig,
  ) {}

  models(): ModelView[] {
    const configured = this.providers.all().filter((provider) => provider.configured());
    return configured.flatMap((provider) =>
      provider.models().map((model) => ({
        ...modelView(provider.name, model),
        breaker: this.breakers.state({ provider: provider.name, model: model.id }),
      })),
    );
  }

  /**
   * @param name of a model, alone or behind its provider's: `provider/model`
   * @throws MODEL_NOT_FOUND 404
   */
  model(name: string): ModelView {
    const found = this.models().find(({ id, provider }) => name === id || name === `${provider}/${id}`);
    if (found === undefined) throw LlmErrors.MODEL_NOT_FOUND();
    return found;
  }

  listProviders(): Promise<ProviderView[]> {
    return Promise.all(this.providers.names().map((name) => this.view(name)));
  }

  async provider(name: string): Promise<ProviderView> {
    if (!this.providers.names().includes(name)) throw LlmErrors.PROVIDER_NOT_FOUND();
    return this.view(name);
  }

  useCases(): UseCaseView[] {
    return USE_CASES.map((name) => ({ name, models: this.planner.route(name) }));
  }

  private async view(name: string): Promise<ProviderView> {
    const provider = this.providers
      .all()
      .find((candidate) => candidate.name === name && candidate.configured());
    if (provider !== undefined) {
      const models = provider.models().map(({ id }) => id);
      const states = models.map((id) => ({
        id,
        breaker: this.breakers.state({ provider: name, model: id }),
      }));
      const look = await this.health.last(name);
      const health =
        look === undefined ? {} : { health: { ...look, missingModels: [...look.missingModels] } };
      return { name, configured: true, state: 'ready', models, states, ...health };
    }
    const state = this.config.localFallback === 'on' ? 'stands-in' : 'not-configured';
    return { name, configured: false, state, models: [], states: [] };
  }
}

function modelView(
  provider: string,
  { id, contextWindowTokens, maxOutputTokens, capabilities, description }: ModelInfo,
): Omit<ModelView, 'breaker'> {
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
          cachedInputUsdPerMillionTokens: price.cachedInputMicroUsdPerMTok / MICROS_PER_USD,
          outputUsdPerMillionTokens: price.outputMicroUsdPerMTok / MICROS_PER_USD,
        }),
  };
}
