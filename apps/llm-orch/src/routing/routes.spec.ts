import { describe, expect, it } from '@jest/globals';
import { parseRoutes } from './routes.js';

describe('parseRoutes', () => {
  it('reads who answers, by use case and in order', () => {
    expect(
      parseRoutes(' default=openai/gpt-4.1-mini, openrouter/meta/llama ; email=google/gemini-2.5-flash;'),
    ).toEqual({
      default: [
        { provider: 'openai', model: 'gpt-4.1-mini' },
        { provider: 'openrouter', model: 'meta/llama' },
      ],
      email: [{ provider: 'google', model: 'gemini-2.5-flash' }],
    });
    expect(parseRoutes('')).toEqual({});
  });

  it.each(['poetry=openai/gpt-4.1', 'default=gpt-4.1', 'default=', 'email=openai/'])('refuses %s', (text) => {
    expect(() => parseRoutes(text)).toThrow('LLM_ROUTES');
  });
});
