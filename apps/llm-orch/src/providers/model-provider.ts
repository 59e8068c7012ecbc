/** Port to a vendor or to a model of our own; what it does with its models is the subclass's. */
export abstract class ModelProvider<Model extends { readonly id: string } = { readonly id: string }> {
  abstract readonly name: string;
  /** Whether it can be called at all: has its key, address and at least one model. */
  abstract configured(): boolean;
  /** The first one is the provider's default. */
  abstract models(): readonly Model[];
}
