import type { ModelInfo } from './text-provider.js';

type Sizes = Pick<ModelInfo, 'contextWindowTokens' | 'maxOutputTokens'>;

/** Sizes of well-known families as their vendors state them, under whoever's id of a model; the first match counts. */
const FAMILIES: readonly (readonly [RegExp, Sizes])[] = [
  [/claude-(?:fable|opus|sonnet)-5/, { contextWindowTokens: 1_000_000, maxOutputTokens: 128_000 }],
  [
    /claude-(?:opus-4[-.](?:[5-8])|sonnet-4|haiku-[45])/,
    { contextWindowTokens: 200_000, maxOutputTokens: 64_000 },
  ],
  [/claude-opus-4/, { contextWindowTokens: 200_000, maxOutputTokens: 32_000 }],
  [/claude-3-[57]/, { contextWindowTokens: 200_000, maxOutputTokens: 8_192 }],
  [/claude-3/, { contextWindowTokens: 200_000, maxOutputTokens: 4_096 }],
  [/gemini-(?:2\.5|[34])/, { contextWindowTokens: 1_048_576, maxOutputTokens: 65_536 }],
  [/nova-(?:lite|pro)/, { contextWindowTokens: 300_000, maxOutputTokens: 5_120 }],
  [/nova-micro/, { contextWindowTokens: 128_000, maxOutputTokens: 5_120 }],
  [/gpt-4\.1/, { contextWindowTokens: 1_047_576, maxOutputTokens: 32_768 }],
  [/gpt-5/, { contextWindowTokens: 400_000, maxOutputTokens: 128_000 }],
  [/o4-mini/, { contextWindowTokens: 200_000, maxOutputTokens: 100_000 }],
];

/** What every model worth configuring can do; the server itself refuses what does not fit. */
const OTHERS: Sizes = { contextWindowTokens: 128_000, maxOutputTokens: 16_384 };

/** The models of a comma-separated list, the first being the default. */
export function modelsOf(list: string): readonly ModelInfo[] {
  const ids = list.split(',').map((id) => id.trim());
  return [...new Set(ids)].filter((id) => id !== '').map(modelInfo);
}

function modelInfo(id: string): ModelInfo {
  const [, sizes] = FAMILIES.find(([family]) => family.test(id)) ?? [undefined, OTHERS];
  return { id, ...sizes, capabilities: ['text', 'json', 'tools'] };
}
