import type { UseCase } from '../providers/use-cases.js';
import { isUseCase } from '../providers/use-cases.js';

/** A provider's model as routes name it, `openai/gpt-4.1-mini`. */
export interface RouteTarget {
  readonly provider: string;
  readonly model: string;
}

/** Who answers by use case, the first one first; `default` for those without an entry of their own. */
export type Routes = Readonly<Partial<Record<UseCase | 'default', readonly RouteTarget[]>>>;

/**
 * Reads `default=openai/gpt-4.1-mini,anthropic/claude-haiku-4-5;translation=google/gemini-2.5-flash`.
 * @throws Error naming the part that cannot be read
 */
export function parseRoutes(text: string): Routes {
  const entries = text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
  return Object.fromEntries(entries);
}

function parseEntry(entry: string): [string, RouteTarget[]] {
  const [name = '', targets = ''] = entry.split('=', 2).map((part) => part.trim());
  if (name !== 'default' && !isUseCase(name)) throw new Error(`LLM_ROUTES: unknown use case "${name}"`);
  return [name, targets.split(',').map((target) => parseTarget(target.trim()))];
}

function parseTarget(text: string): RouteTarget {
  const slash = text.indexOf('/');
  const [provider, model] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash < 1 || model === '') throw new Error(`LLM_ROUTES: "${text}" is not provider/model`);
  return { provider, model };
}
