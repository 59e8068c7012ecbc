export type RevocationKind = 'session' | 'token' | 'user' | 'tenant';

/** One line of auth's feed. */
export interface Revocation {
  readonly id: string;
  readonly kind: RevocationKind;
  readonly value: string;
  /** Tokens issued before this second are refused; null refuses all of them. */
  readonly notBefore: number | null;
  /** The revocation with this id no longer holds. */
  readonly lifted: boolean;
}

/** What of a token can be revoked. */
export interface RevocableToken {
  readonly issuedAtSeconds: number;
  readonly principal: {
    readonly userId: string;
    readonly tenantId: string;
    readonly sessionId: string | undefined;
    readonly tokenId: string | undefined;
  };
}

type Bounds = Map<string, number>;

/** Everything that is revoked at present; applying a line twice, or out of order with others, changes nothing. */
export class RevocationList {
  private lines: Readonly<Record<RevocationKind, Map<string, Bounds>>> = emptyLines();

  /** Takes `revocations` for the whole truth. */
  replace(revocations: readonly Revocation[]): void {
    this.lines = emptyLines();
    this.apply(revocations);
  }

  /** Adds what is new and drops what was lifted. */
  apply(revocations: readonly Revocation[]): void {
    for (const { id, kind, value, notBefore, lifted } of revocations) {
      const lines = this.lines[kind];
      const key = value.toLowerCase();
      const bounds = lines.get(key) ?? new Map<string, number>();
      if (lifted) bounds.delete(id);
      else bounds.set(id, notBefore ?? Number.POSITIVE_INFINITY);
      if (bounds.size === 0) lines.delete(key);
      else lines.set(key, bounds);
    }
  }

  covers({ issuedAtSeconds, principal }: RevocableToken): boolean {
    return (
      this.refuses('user', principal.userId, issuedAtSeconds) ||
      this.refuses('tenant', principal.tenantId, issuedAtSeconds) ||
      this.refuses('session', principal.sessionId, issuedAtSeconds) ||
      this.refuses('token', principal.tokenId, issuedAtSeconds)
    );
  }

  private refuses(kind: RevocationKind, value: string | undefined, issuedAtSeconds: number): boolean {
    const lines = this.lines[kind];
    if (value === undefined || lines.size === 0) return false;
    const bounds = lines.get(value.toLowerCase());
    if (bounds === undefined) return false;
    for (const notBefore of bounds.values()) if (issuedAtSeconds < notBefore) return true;
    return false;
  }
}

function emptyLines(): Record<RevocationKind, Map<string, Bounds>> {
  return { session: new Map(), token: new Map(), user: new Map(), tenant: new Map() };
}
