/** Who the current work is for. The service provides it from its request context; libs/db knows no requests. */
export abstract class TenantSource {
  /** The current caller's tenant; undefined in jobs and at start-up. */
  abstract current(): string | undefined;
}
