import type { CompletionMessage } from '../completion.js';
import { parsed, record } from './json-shapes.js';

/** What one side says before the other answers; a tool's result counts as said by the user. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly messages: readonly CompletionMessage[];
}

export interface Conversation {
  /** Every system message, in order; vendors take them outside of the turns. */
  readonly system: readonly string[];
  /** Alternating, as most vendors want them. */
  readonly turns: readonly Turn[];
}

/** A conversation in the form of vendors that know two sides only. */
export function conversationOf(messages: readonly CompletionMessage[]): Conversation {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const said = messages.filter((message) => message.role !== 'system' && saysSomething(message));
  if (said.length > 0) return { system, turns: turnsOf(said) };
  // No vendor answers to a system prompt alone.
  return {
    system: [],
    turns: [{ role: 'user', messages: [{ role: 'user', content: system.join('\n\n') }] }],
  };
}

function turnsOf(messages: readonly CompletionMessage[]): readonly Turn[] {
  const turns: { role: Turn['role']; messages: CompletionMessage[] }[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const open = turns.at(-1);
    if (open?.role === role) open.messages.push(message);
    else turns.push({ role, messages: [message] });
  }
  return turns;
}

/** Vendors refuse blank texts. */
export function saysSomething({ content, toolCalls = [], toolCallId }: CompletionMessage): boolean {
  return content.trim() !== '' || toolCalls.length > 0 || toolCallId !== undefined;
}

/** A tool call's arguments as the object that vendors want; text that is no JSON object is kept under `text`. */
export function argumentsOf(json: string): Record<string, unknown> {
  return json.trim() === '' ? {} : (record(parsed(json)) ?? { text: json });
}

const LONGEST_CALL_ID = 64;

/** The id of a tool call, which may stem from another vendor, in the letters and length that all of them take. */
export function portableCallId(id: string): string {
  return id.replace(/[^\w-]/g, '_').slice(-LONGEST_CALL_ID);
}
