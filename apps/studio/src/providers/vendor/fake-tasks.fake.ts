/** What a faked vendor's task goes through, one step per look; the last one stays. */
export type FakeStep =
  | { readonly kind: 'waiting' }
  /** Waits because of our own limit. */
  | { readonly kind: 'throttled' }
  /** `progress` 0-1. */
  | { readonly kind: 'working'; readonly progress: number }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done' };

const USUAL: readonly FakeStep[] = [
  { kind: 'waiting' },
  { kind: 'working', progress: 0.5 },
  { kind: 'done' },
];

/** The tasks of a faked vendor, each with what was asked for. For specs only. */
export class FakeTasks<Asked> {
  private readonly tasks = new Map<string, { asked: Asked; steps: FakeStep[] }>();
  private next: readonly FakeStep[] = USUAL;

  /** What the next task goes through; afterwards the usual again. */
  plan(...steps: FakeStep[]): void {
    this.next = steps;
  }

  open(id: string, asked: Asked): void {
    this.tasks.set(id, { asked, steps: [...this.next] });
    this.next = USUAL;
  }

  get size(): number {
    return this.tasks.size;
  }

  ids(): string[] {
    return [...this.tasks.keys()];
  }

  /** Where the task is now; looking moves it on. */
  look(id: string): { asked: Asked; step: FakeStep } | undefined {
    const task = this.tasks.get(id);
    if (task === undefined) return undefined;
    const step = (task.steps.length > 1 ? task.steps.shift() : task.steps[0]) ?? { kind: 'done' };
    return { asked: task.asked, step };
  }

  asked(id: string): Asked | undefined {
    return this.tasks.get(id)?.asked;
  }

  drop(id: string): boolean {
    return this.tasks.delete(id);
  }
}
