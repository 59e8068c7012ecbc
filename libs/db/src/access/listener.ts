import pg from 'pg';

interface Subscription {
  readonly channel: string;
  readonly heard: (payload: string) => void;
  readonly caughtUp: (() => void) | undefined;
}

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/** One connection that LISTENs for everybody in the process, and comes back when it breaks. */
export class Listener {
  private readonly subscriptions = new Set<Subscription>();
  private client: Promise<pg.Client> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  async listen(
    channel: string,
    heard: Subscription['heard'],
    caughtUp?: () => void,
  ): Promise<() => Promise<void>> {
    if (this.closed) throw new Error('The database connections are closed');
    const subscription: Subscription = { channel, heard, caughtUp };
    this.subscriptions.add(subscription);
    try {
      await (await this.connected()).query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      this.subscriptions.delete(subscription);
      throw error;
    }
    return () => this.drop(subscription);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    this.subscriptions.clear();
    const client = await this.client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private connected(): Promise<pg.Client> {
    this.client ??= this.connect().catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    return this.client;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'eventzr-listen',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', this.onError);
    await client.connect();
    client.on('notification', ({ channel, payload }) => this.tell(channel, payload ?? ''));
    client.once('end', () => this.lost(client));
    return client;
  }

  private tell(channel: string, payload: string): void {
    for (const subscription of this.subscriptions) {
      if (subscription.channel === channel) this.guarded(() => subscription.heard(payload));
    }
  }

  /** A subscriber's mistake is reported; it must not cost the others their connection. */
  private guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.onError(error);
    }
  }

  private lost(client: pg.Client): void {
    client.removeAllListeners('notification');
    this.client = undefined;
    if (!this.closed && this.subscriptions.size > 0) this.comeBack(FIRST_RETRY_MS);
  }

  private comeBack(delayMs: number): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.listenAgain().catch((error: unknown) => {
        this.onError(error);
        if (!this.closed) this.comeBack(Math.min(delayMs * 2, LAST_RETRY_MS));
      });
    }, delayMs);
    this.retry.unref();
  }

  private async listenAgain(): Promise<void> {
    const client = await this.connected();
    for (const channel of new Set([...this.subscriptions].map((each) => each.channel))) {
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    }
    for (const { caughtUp } of this.subscriptions) this.guarded(() => caughtUp?.());
  }

  private async drop(subscription: Subscription): Promise<void> {
    this.subscriptions.delete(subscription);
    const others = [...this.subscriptions].some(({ channel }) => channel === subscription.channel);
    if (others || this.closed || this.client === undefined) return;
    await (
      await this.client
    )
      .query(`UNLISTEN ${pg.escapeIdentifier(subscription.channel)}`)
      .catch(() => undefined);
  }
}
