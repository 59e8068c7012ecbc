import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Where a process is stopped for good, as seen from the database. */
export type Moment = 'before the statement' | 'after its commit';

interface Trap {
  readonly moment: Moment;
  readonly statement: Buffer;
  readonly sprung: () => void;
}

const COMMIT = Buffer.from('COMMIT');

/** Stands between a process and its database, and can keep a statement, or the news of its commit, from arriving. */
export class HeldDatabase {
  private trap: Trap | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async before(databaseUrl: string): Promise<HeldDatabase> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HeldDatabase(server, new URL(databaseUrl));
  }

  /** `url` by way of here. */
  through(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String((this.server.address() as AddressInfo).port);
    return through.href;
  }

  /** The next time that `statement` is sent, its connection falls silent at `moment`; resolves when it has. */
  hold(moment: Moment, statement: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.trap = { moment, statement: Buffer.from(statement), sprung: resolve };
    return promise;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const database = connect(Number(this.target.port), this.target.hostname);
    let seen: Trap | undefined;
    let silent = false;
    client.on('data', (chunk) => {
      const trap = this.trap;
      if (trap !== undefined && chunk.includes(trap.statement)) {
        this.trap = undefined;
        seen = trap;
        silent = trap.moment === 'before the statement';
        if (silent) trap.sprung();
      } else if (seen?.moment === 'after its commit' && chunk.includes(COMMIT)) {
        silent = true;
        database.once('data', seen.sprung);
        database.write(chunk);
      }
      if (!silent) database.write(chunk);
    });
    database.on('data', (chunk) => {
      if (!silent) client.write(chunk);
    });
    this.pair(client, database);
    this.pair(database, client);
  }

  private pair(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}
