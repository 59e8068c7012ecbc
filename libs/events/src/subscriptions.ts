import type { ServiceName } from '@eventzr/config';

/** Who hears of what without a broker. A type ending in `.*` stands for everything below it. */
export const SUBSCRIPTIONS: Readonly<Record<string, readonly ServiceName[]>> = {
  'eventzr.event.created.v1': ['studio'],
  'eventzr.studio.render-job.completed.v1': ['vault'],
  'eventzr.users.deleted.v1': ['vault', 'subscriptions'],
  'eventzr.subscription.payment_succeeded.v1': ['wallet'],
  'eventzr.subscription.trial_started.v1': ['wallet'],
  'eventzr.subscription.*': ['auth'],
  'eventzr.llm.usage.v1': ['subscriptions'],
  'eventzr.wallet.balance.low.v1': ['llm-orch'],
};

/** Who may say what, by the beginning of the type. `event-svc` and `user-svc` are EventZR's own, outside this platform. */
const PRODUCERS: readonly (readonly [prefix: string, sources: readonly string[]])[] = [
  ['eventzr.auth.', ['auth-svc']],
  ['eventzr.users.', ['auth-svc', 'user-svc']],
  ['eventzr.event.', ['event-svc']],
  ['eventzr.wallet.', ['wallet-svc']],
  ['eventzr.studio.', ['studio-svc']],
  ['eventzr.aibrain.', ['aibrain-svc']],
  ['eventzr.llm.', ['llm-orch-svc']],
  ['eventzr.subscription.', ['subscriptions-svc']],
  ['eventzr.vault.', ['vault-svc']],
  ['transform.', ['vault-svc']],
  ['kg.', ['vault-svc']],
];

/** The services that subscribe to a type, each once. */
export function subscribersOf(type: string): ServiceName[] {
  const names = Object.entries(SUBSCRIPTIONS).flatMap(([pattern, services]) =>
    matchesType(pattern, type) ? services : [],
  );
  return [...new Set(names)];
}

/** The types (or patterns) that a service subscribes to. */
export function subscriptionsOf(service: ServiceName): string[] {
  return Object.keys(SUBSCRIPTIONS).filter((pattern) => SUBSCRIPTIONS[pattern]?.includes(service));
}

/** Whether `pattern`, a type or a beginning followed by `*`, covers `type`. */
export function matchesType(pattern: string, type: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** Whether events of a type may come from a source such as `studio-svc`. */
export function mayProduce(source: string, type: string): boolean {
  return PRODUCERS.some(([prefix, sources]) => type.startsWith(prefix) && sources.includes(source));
}

/** `studio` -> `studio-svc`: how a service names itself in its events. */
export function sourceOf(service: string): string {
  return `${service}-svc`;
}

/** The Kafka topic of a type: the type itself, but for vault's documented collective topics. */
export function topicOf(type: string): string {
  if (type.startsWith('transform.')) return 'vault.transforms';
  return type.startsWith('kg.') ? 'kg.events' : type;
}
