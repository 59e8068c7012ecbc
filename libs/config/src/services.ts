/** The seven services, by the path prefix that the load balancer routes on. */
export const SERVICE_NAMES = [
  'auth',
  'wallet',
  'studio',
  'aibrain',
  'llm-orch',
  'subscriptions',
  'vault',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The name as it is written in SQL identifiers and environment variables: `llm-orch` -> `llm_orch`. */
export function snakeName(service: ServiceName): string {
  return service.replaceAll('-', '_');
}
