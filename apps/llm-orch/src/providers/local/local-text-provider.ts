import type { Completion, CompletionRequest, ModelInfo } from '../text-provider.js';
import { TextProvider } from '../text-provider.js';
import { beginningOf, countMessageTokens, countTokens } from '../token-count.js';
import { answerQuestion, effectiveUseCase } from './answers/answer-question.js';
import type { Answer } from './answers/answer.js';
import { hash } from './answers/answer.js';
import type { JsonSchema } from './answers/json-schema.js';
import { schemaIn } from './answers/json-schema.js';
import { BALANCED_PLANNER } from './plan/make-plan.js';
import type { PlannerVariant } from './plan/make-plan.js';
import { PLANNERS } from './plan/planners.js';
import type { Brief } from './brief.js';
import { WEAK } from './read/event-type.js';
import { readBrief } from './read/read-brief.js';
import { TURN } from './read/turns.js';

const NO_MODEL = 'rule-based local planner: no language model is configured';
/** Longer conversations are read from their end: what was said last counts most. */
const MAX_CHARACTERS = 40_000;
/** What a task such as a summary works on. */
const MAX_TASK_CHARACTERS = 20_000;

/** Rule-based planner and extractor: deterministic, offline, a few milliseconds an answer. */
export class LocalTextProvider extends TextProvider {
  readonly name = 'local';
  readonly #now: () => Date;
  readonly #variants: readonly PlannerVariant[];

  constructor(options: { now: () => Date; variants?: readonly PlannerVariant[] }) {
    super();
    this.#now = options.now;
    this.#variants = options.variants ?? PLANNERS;
  }

  configured(): boolean {
    return true;
  }

  models(): readonly ModelInfo[] {
    return this.#variants.map(({ model, description }) => ({
      id: model,
      contextWindowTokens: 32_768,
      maxOutputTokens: 8_192,
      capabilities: ['text', 'json'],
      description,
    }));
  }

  /** Throws the signal's reason when it is already aborted; there is nothing else that could fail half-way. */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return Promise.resolve().then(() => {
      signal.throwIfAborted();
      return this.#answer(request);
    });
  }

  #answer(asked: CompletionRequest): Completion {
    const now = this.#now();
    const { request, schema } = withoutSchema(asked);
    const whole = lastPrompt(request);
    const prompt = beginningOf(whole, MAX_TASK_CHARACTERS);
    const said = conversation(request);
    const brief = readBrief(said, now);
    const useCase = effectiveUseCase(request.useCase, prompt, isEnquiry(brief));
    const planner =
      this.#variants.find(({ model }) => model === request.model) ?? this.#variants[0] ?? BALANCED_PLANNER;
    const answer = answerQuestion({
      prompt,
      useCase,
      now,
      planner,
      brief: useCase === 'summarize' || useCase === 'extraction' ? readBrief(whole, now) : brief,
      json: isJson(request),
      ...(schema === undefined ? {} : { schema }),
      maxTokens: request.maxTokens,
      seed: hash(`${request.seed ?? ''}|${said}`),
    });
    const text = stopped(answer.text, request.stop);
    return {
      text,
      model: planner.model,
      finishReason: answer.cut && text === answer.text ? 'length' : 'stop',
      usage: {
        inputTokens: countMessageTokens(asked.messages),
        outputTokens: countTokens(text),
        cachedTokens: 0,
        source: 'counted',
      },
      limits: limitsOf(answer, said, prompt !== whole, brief.language),
    };
  }
}

function isJson({ responseFormat = 'text' }: CompletionRequest): boolean {
  return responseFormat !== 'text';
}

/** A schema tells the shape of the answer, nothing about the event: one in the text is read once and taken out of it. */
function withoutSchema(request: CompletionRequest): { request: CompletionRequest; schema?: JsonSchema } {
  if (typeof request.responseFormat === 'object') return { request, schema: request.responseFormat.schema };
  if (!isJson(request)) return { request };
  const newest = request.messages.findLast(({ role, content }) => role !== 'assistant' && schemaIn(content));
  const found = newest && schemaIn(newest.content);
  if (!found) return { request };
  const messages = request.messages.map((message) =>
    message === newest ? { ...message, content: message.content.replace(found.written, ' ') } : message,
  );
  return { request: { ...request, messages }, schema: found.schema };
}

/** Whether somebody plans something: a kind of event is named, or two of the facts that only an event has. */
function isEnquiry({ typeStated, type, guests, budget, date, place }: Brief): boolean {
  const facts = [guests, budget, date, place.city].filter((fact) => fact !== undefined).length;
  return (typeStated && (!WEAK.has(type.id) || type.id === 'party' || facts > 0)) || facts >= 2;
}

function lastPrompt({ messages }: CompletionRequest): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

/** The newest turn first: readers take the first mention, so a correction beats what it corrects. */
function conversation({ messages }: CompletionRequest): string {
  const users = messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .reverse();
  const context = messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ content }) => /\bcontext:\s*(.+)$/is.exec(content)?.[1] ?? []);
  const all = [[users[0] ?? '', ...context].join('\n'), ...users.slice(1)].join(TURN);
  return beginningOf(all, MAX_CHARACTERS);
}

function stopped(text: string, stop: readonly string[] | undefined): string {
  const cuts = (stop ?? [])
    .filter((sequence) => sequence !== '')
    .map((sequence) => text.indexOf(sequence))
    .filter((index) => index >= 0);
  return cuts.length === 0 ? text : text.slice(0, Math.min(...cuts));
}

function limitsOf(answer: Answer, said: string, longer: boolean, language: string | undefined): string[] {
  const foreign =
    (said.match(/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu) ?? []).length >
    said.length * 0.3;
  return [
    NO_MODEL,
    ...answer.limits,
    ...(longer
      ? [
          `only the first ${MAX_TASK_CHARACTERS.toLocaleString('en-US')} characters of the prompt were worked on`,
        ]
      : []),
    ...(language === undefined
      ? foreign
        ? ['only English is understood']
        : []
      : [`written in ${language}: only set words of enquiries are known in it; the answer is in English`]),
    ...(answer.shortened.length > 0 ? [`shortened to fit maxTokens: ${answer.shortened.join(', ')}`] : []),
    ...(answer.cut ? ['maxTokens is too small for a whole answer'] : []),
  ];
}
