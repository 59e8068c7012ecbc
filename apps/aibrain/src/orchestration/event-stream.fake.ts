export interface HeardEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** For specs: everything that a stream of events said, without its heartbeats. */
export function eventsIn(text: string): HeardEvent[] {
  const blocks = text.split('\n\n').filter((block) => block.startsWith('event: '));
  return blocks.map((block) => {
    const [event = '', data = ''] = block.split('\n');
    return { event: event.slice(7), data: JSON.parse(data.slice(6)) as Record<string, unknown> };
  });
}
