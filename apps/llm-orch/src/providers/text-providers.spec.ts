import { describe, expect, it } from '@jest/globals';
import type { Completion, ModelInfo } from './text-provider.js';
import { TextProvider } from './text-provider.js';
import { ProviderNotConfigured, TextProviders, UnknownModel, UnknownProvider } from './text-providers.js';

class NamedProvider extends TextProvider {
  constructor(
    readonly name: string,
    private readonly modelIds: string[],
    private readonly ready = true,
  ) {
    super();
  }
  configured(): boolean {
    return this.ready;
  }
  models(): readonly ModelInfo[] {
    return this.modelIds.map((id) => ({
      id,
      contextWindowTokens: 1,
      maxOutputTokens: 1,
      capabilities: ['text'],
    }));
  }
  complete(): Promise<Completion> {
    return Promise.reject(new Error('not asked'));
  }
}

const local = new NamedProvider('local', ['local-planner-1']);
const openai = new NamedProvider('openai', ['gpt-4.1-mini', 'gpt-4.1']);
const ollama = new NamedProvider('ollama', ['llama3.2']);
const ownerOf = (model: string) => ({ 'gpt-4o': 'openai', 'gemini-2.5-pro': 'google' })[model];

function registry(providers = [local], localFallback = true) {
  return new TextProviders({ providers, localFallback, ownerOf });
}

function resolved(
  providers: NamedProvider[],
  request: { provider?: string; model?: string },
  localFallback = true,
) {
  const { provider, ...rest } = registry(providers, localFallback).resolve(request);
  return { provider: provider.name, ...rest };
}

describe('TextProviders.resolve', () => {
  it('answers locally by default when nothing is configured', () => {
    expect(resolved([local], {})).toEqual({ provider: 'local', model: 'local-planner-1' });
    expect(resolved([new NamedProvider('openai', ['gpt-4.1'], false), local], {})).toEqual({
      provider: 'local',
      model: 'local-planner-1',
    });
  });

  it('prefers the first configured vendor, whatever the order of local', () => {
    expect(resolved([local, openai, ollama], {})).toEqual({ provider: 'openai', model: 'gpt-4.1-mini' });
  });

  it('takes the named provider and model', () => {
    expect(resolved([openai, local], { provider: 'openai', model: 'gpt-4.1' })).toEqual({
      provider: 'openai',
      model: 'gpt-4.1',
    });
    expect(resolved([openai, ollama, local], { provider: 'ollama' })).toEqual({
      provider: 'ollama',
      model: 'llama3.2',
    });
    expect(resolved([openai, ollama, local], { model: 'llama3.2' })).toEqual({
      provider: 'ollama',
      model: 'llama3.2',
    });
  });

  it.each(['openai', 'anthropic', 'google', 'aws-bedrock'])(
    'lets local stand in for %s without a key, and says so',
    (name) => {
      expect(resolved([local], { provider: name, model: 'any' })).toEqual({
        provider: 'local',
        model: 'local-planner-1',
        requestedProvider: name,
      });
      expect(() => registry([local], false).resolve({ provider: name })).toThrow(ProviderNotConfigured);
    },
  );

  it('lets local stand in for the owner of a known model', () => {
    expect(resolved([local], { model: 'gemini-2.5-pro' })).toEqual({
      provider: 'local',
      model: 'local-planner-1',
      requestedProvider: 'google',
    });
    expect(() => registry([local], false).resolve({ model: 'gemini-2.5-pro' })).toThrow(
      ProviderNotConfigured,
    );
  });

  it('refuses unknown names, with the known ones', () => {
    expect(() => registry().resolve({ provider: 'acme' })).toThrow(UnknownProvider);
    expect(() => registry().resolve({ provider: '__proto__' })).toThrow(UnknownProvider);
    expect(() => registry().resolve({ model: 'gpt-99' })).toThrow(UnknownModel);
    expect(() => registry().resolve({ provider: 'local', model: 'gpt-4.1' })).toThrow(UnknownModel);
    expect(() => registry([openai, local]).resolve({ provider: 'openai', model: 'gpt-99' })).toThrow(
      /gpt-4.1-mini/,
    );
    expect(() => registry([openai, local]).resolve({ model: 'gpt-4o' })).toThrow(UnknownModel);
  });

  it('does not start without the local provider', () => {
    expect(() => registry([openai])).toThrow('local provider is missing');
  });
});
