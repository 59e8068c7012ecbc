import type { CompletionMessage, ToolChoice } from '../providers/completion.js';
import type { CompletionWish } from './completion-plan.js';
import type { ChatRequest, CompleteRequest, GenerationOptions } from './inference.dto.js';

const CHOICES = new Set(['auto', 'none', 'required']);

/** The one prompt as the messages that a provider is sent. */
export function wishOf({ prompt, system, ...rest }: CompleteRequest): CompletionWish {
  const messages: CompletionMessage[] = [{ role: 'user', content: prompt }];
  return {
    ...optionsOf(rest),
    messages: system === undefined ? messages : [{ role: 'system', content: system }, ...messages],
  };
}

/** A conversation as a wish. */
export function chatWishOf({ messages, tools, toolChoice, ...rest }: ChatRequest): CompletionWish {
  return {
    ...optionsOf(rest),
    messages,
    ...(tools === undefined ? {} : { tools }),
    ...(toolChoice === undefined ? {} : { toolChoice: choiceOf(toolChoice) }),
  };
}

function optionsOf({ stream: _how, jsonSchema, ...options }: GenerationOptions) {
  return jsonSchema === undefined ? options : { ...options, responseFormat: jsonSchema };
}

function choiceOf(choice: string): ToolChoice {
  return CHOICES.has(choice) ? (choice as 'auto' | 'none' | 'required') : { name: choice };
}
