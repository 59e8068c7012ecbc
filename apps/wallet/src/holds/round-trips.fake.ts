import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Bytes of the type and the length that begin a message; the first message of a connection has no type. */
const TYPE = 1;
const LENGTH = 4;
const [SYNC, SIMPLE_QUERY] = ['S', 'Q'].map((letter) => letter.charCodeAt(0));

/** Stands between a service and Postgres, passes everything on and counts how often the service waits for an answer. */
export class RoundTrips {
  count = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** The database's URL by way of this counter. */
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<RoundTrips> {
    const target = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const trips = new RoundTrips(server, url.href);
    server.on('connection', (socket) => trips.passOn(socket, target));
    return trips;
  }

  /** How many round trips `work` takes. */
  async of(work: () => Promise<unknown>): Promise<number> {
    const before = this.count;
    await work();
    return this.count - before;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private passOn(socket: Socket, { hostname, port }: URL): void {
    const postgres = connect(Number(port), hostname);
    for (const each of [socket, postgres]) {
      this.sockets.add(each);
      each.on('error', () => each.destroy()).on('close', () => this.sockets.delete(each));
    }
    let unread = Buffer.alloc(0);
    let started = false;
    socket.on('data', (chunk: Buffer) => {
      unread = Buffer.concat([unread, chunk]);
      for (;;) {
        const head = started ? TYPE : 0;
        if (unread.length < head + LENGTH) return;
        const end = head + unread.readUInt32BE(head);
        if (unread.length < end) return;
        if (started && (unread[0] === SYNC || unread[0] === SIMPLE_QUERY)) this.count += 1;
        started = true;
        unread = unread.subarray(end);
      }
    });
    socket.pipe(postgres);
    postgres.pipe(socket);
  }
}
