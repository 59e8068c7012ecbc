import { describe, expect, it } from '@jest/globals';
import type { CompletionRequest } from '../text-provider.js';
import { ggufProvider } from './gguf-provider.js';
import { GgufTextProvider } from './gguf-text-provider.js';
import { fakeLlama } from './node-llama-cpp.fake.js';

const MODEL = '/models/tiny-event-writer.Q4.gguf';

function request(content: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    messages: [{ role: 'user', content }],
    model: 'tiny-event-writer.Q4',
    maxTokens: 50,
    idempotencyKey: 'k',
    ...more,
  };
}
const never = () => new AbortController().signal;

describe('ggufProvider', () => {
  it('imports nothing while no model path is set', async () => {
    let imports = 0;
    const load = () => Promise.resolve((imports += 1));
    expect(await ggufProvider({ modelPath: undefined, warn: () => undefined, load })).toBeUndefined();
    expect(await ggufProvider({ modelPath: '', warn: () => undefined, load })).toBeUndefined();
    expect(imports).toBe(0);
  });

  it('prints the install line when the package is missing, and goes on without it', async () => {
    const said: string[] = [];
    expect(await ggufProvider({ modelPath: MODEL, warn: (line) => said.push(line) })).toBeUndefined();
    expect(said).toEqual([
      expect.stringContaining('npm install -w apps/llm-orch --no-save node-llama-cpp@3'),
    ]);
  });

  it('does not hide a package that is there but broken', async () => {
    const load = () => Promise.reject(new Error('wrong architecture'));
    await expect(ggufProvider({ modelPath: MODEL, warn: () => undefined, load })).rejects.toThrow(
      'wrong architecture',
    );
  });

  it('says so when the package has another shape', async () => {
    const said: string[] = [];
    const load = () => Promise.resolve({ LlamaModel: class {} });
    expect(await ggufProvider({ modelPath: MODEL, warn: (line) => said.push(line), load })).toBeUndefined();
    expect(said[0]).toContain('another version');
  });

  it('offers the model under the name of its file', async () => {
    const provider = await ggufProvider({
      modelPath: MODEL,
      warn: () => undefined,
      load: () => Promise.resolve(fakeLlama()),
    });
    expect(provider?.models()).toMatchObject([
      { id: 'tiny-event-writer.Q4', capabilities: ['text', 'json'] },
    ]);
  });
});

describe('GgufTextProvider', () => {
  it('answers with counted usage, the conversation in order and the caller’s settings', async () => {
    const llama = fakeLlama();
    const provider = new GgufTextProvider({ modelPath: MODEL, llama });
    const completion = await provider.complete(
      request('plan a gala', {
        messages: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: 'hello' },
          { role: 'assistant', content: 'good day' },
          { role: 'user', content: 'plan a gala' },
        ],
        temperature: 0.2,
        seed: 7,
        stop: ['END'],
        responseFormat: 'json',
      }),
      never(),
    );
    expect(completion).toMatchObject({
      text: 'plan a gala',
      model: 'tiny-event-writer.Q4',
      finishReason: 'stop',
      usage: { inputTokens: 8 + 4 * 8, outputTokens: 3, cachedTokens: 0, source: 'counted' },
    });
    expect(llama.seen.histories).toEqual([
      [
        { type: 'system', text: 'be brief' },
        { type: 'user', text: 'hello' },
        { type: 'model', response: ['good day'] },
      ],
    ]);
    expect(llama.seen.prompts[0]?.options).toMatchObject({
      maxTokens: 50,
      temperature: 0.2,
      seed: 7,
      customStopTriggers: ['END'],
      grammar: 'grammar of json',
    });
  });

  it('says length when the answer was cut, and frees its context', async () => {
    const llama = fakeLlama();
    const provider = new GgufTextProvider({ modelPath: MODEL, llama });
    const completion = await provider.complete(request('one two three four', { maxTokens: 2 }), never());
    expect(completion).toMatchObject({ text: 'one two', finishReason: 'length', usage: { outputTokens: 2 } });
    expect(llama.seen.openContexts).toBe(0);
  });

  it('loads the model once and answers one after the other', async () => {
    const llama = fakeLlama();
    const provider = new GgufTextProvider({ modelPath: MODEL, llama });
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => provider.complete(request(text), never())));
    expect(llama.seen.paths).toEqual([MODEL]);
    expect(llama.seen.prompts.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    expect(llama.seen.mostOpenContexts).toBe(1);
  });

  it('refuses what does not fit the window before it is sent to the model', async () => {
    const llama = fakeLlama();
    const provider = new GgufTextProvider({ modelPath: MODEL, llama, contextTokens: 40 });
    await expect(provider.complete(request('a b c'), never())).rejects.toMatchObject({
      kind: 'context_length',
    });
    expect(llama.seen.prompts).toEqual([]);
  });

  it('throws the caller’s reason when it is aborted, also while waiting, and serves the next', async () => {
    const gone = new AbortController();
    const llama = fakeLlama({
      answer: (text) => {
        if (text === 'first') gone.abort(new Error('gone'));
        return Promise.resolve(text);
      },
    });
    const provider = new GgufTextProvider({ modelPath: MODEL, llama });
    const first = provider.complete(request('first'), gone.signal);
    const second = provider.complete(request('second'), gone.signal);
    const third = provider.complete(request('third'), never());
    await expect(first).rejects.toThrow('gone');
    await expect(second).rejects.toThrow('gone');
    expect((await third).text).toBe('third');
    expect(llama.seen.prompts.map(({ text }) => text)).toEqual(['first', 'third']);
    expect(llama.seen.openContexts).toBe(0);
  });

  it('is unavailable while the file cannot be loaded, tries anew, and lets go at the end', async () => {
    const broken = new GgufTextProvider({
      modelPath: MODEL,
      llama: fakeLlama({ loadError: new Error('no such file') }),
    });
    await expect(broken.complete(request('a'), never())).rejects.toMatchObject({
      kind: 'server',
      executed: 'no',
    });
    await expect(broken.complete(request('a'), never())).rejects.toMatchObject({
      kind: 'server',
      executed: 'no',
    });
    const llama = fakeLlama();
    const provider = new GgufTextProvider({ modelPath: MODEL, llama });
    await provider.onModuleDestroy();
    expect(llama.seen.disposed).toBe(false);
    await provider.complete(request('a'), never());
    await provider.onModuleDestroy();
    expect(llama.seen.disposed).toBe(true);
  });
});
