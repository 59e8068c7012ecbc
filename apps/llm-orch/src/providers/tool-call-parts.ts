import type { ToolCall, ToolCallDelta } from './completion.js';

interface Part {
  id: string;
  name: string;
  readonly fragments: string[];
}

/** Puts tool calls together from their pieces. */
export class ToolCallParts {
  private readonly parts = new Map<number, Part>();

  get empty(): boolean {
    return this.parts.size === 0;
  }

  add({ index, id, name, arguments: fragment }: ToolCallDelta): void {
    const part = this.parts.get(index) ?? { id: '', name: '', fragments: [] };
    this.parts.set(index, part);
    // Some servers repeat both on every piece, others send them once.
    part.id ||= id ?? '';
    part.name ||= name ?? '';
    part.fragments.push(fragment);
  }

  list(): ToolCall[] {
    return [...this.parts]
      .sort(([left], [right]) => left - right)
      .map(([index, { id, name, fragments }]) => ({
        // Ollama and others leave the id out; a result could not be matched without one.
        id: id === '' ? `call_${index}` : id,
        name,
        arguments: fragments.join(''),
      }));
  }

  /** Names and arguments as one text, for counting. */
  written(): string {
    return [...this.parts.values()].map(({ name, fragments }) => name + fragments.join('')).join('');
  }
}
