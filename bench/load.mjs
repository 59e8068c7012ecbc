// The load generator, in a process of its own: keep-alive connections over plain sockets, since a client library would
// cost more than the bare server it is to load. One request is open per connection.
import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from './report.mjs';
import { scenarios } from './scenarios.mjs';

/** It goes before all others where that is allowed: what it measures is their waiting, not its own. */
const PRIORITY = -10;
try {
  setPriority(PRIORITY);
} catch {
  // Only root may.
}

const pools = new Map();

process.on('message', (wish) => {
  run(wish).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack ?? String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

/**
 * `pauseMs` between an answer and the connection's next request: for latency at a moderate load, instead of throughput.
 * @param {{ port: number, connections: number, seconds: number, scenario: string, pauseMs?: number, [name: string]: unknown }} wish
 */
async function run(wish) {
  const { port, connections, seconds, scenario, pauseMs } = wish;
  const clients = clientsFor(port, connections);
  const { next, expected } = scenarios[scenario](wish);
  const latencies = [];
  const firsts = [];
  let calls = 0;
  let failed;
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  await Promise.all(
    clients.map(async (client, index) => {
      for (let step = 0; performance.now() < end && failed === undefined; step += 1) {
        const sentAt = performance.now();
        const { status, text, firstAt } = await client.send(next(index, step));
        if (!expected.includes(status)) failed = new Error(`${scenario}: ${status} ${text()}`);
        latencies.push(performance.now() - sentAt);
        firsts.push(firstAt - sentAt);
        calls += 1;
        if (pauseMs !== undefined) await sleep(pauseMs);
      }
    }),
  );
  if (failed !== undefined) throw failed;
  const tookSeconds = (performance.now() - startedAt) / 1000;
  return {
    calls,
    seconds: tookSeconds,
    ...summary(latencies),
    first: summary(firsts).p50,
    latencies: wish.raw ? latencies : undefined,
  };
}

/** Kept from run to run; a server may have closed those that nobody used meanwhile. */
function clientsFor(port, connections) {
  const key = `${port}/${connections}`;
  const kept = pools.get(key) ?? Array.from({ length: connections }, () => undefined);
  const clients = kept.map((client) => (client?.open === true ? client : new Client(port)));
  pools.set(key, clients);
  return clients;
}

function summary(latencies) {
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

/** One keep-alive connection. Reads just enough of HTTP/1.1: status, content-length, and the end of the body. */
class Client {
  constructor(port) {
    this.chunks = '';
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk) => this.receive(chunk));
    this.socket.on('error', (error) => this.waiting?.reject(error));
    this.socket.on('close', () => this.waiting?.reject(new Error('the server closed a connection')));
  }

  get open() {
    return !this.socket.destroyed && !this.socket.readableEnded;
  }

  send(text) {
    return new Promise((resolve, reject) => {
      this.firstAt = undefined;
      this.waiting = { resolve, reject };
      this.socket.write(text, 'utf8');
    });
  }

  receive(chunk) {
    const all = this.chunks === '' ? chunk : this.chunks + chunk;
    const head = all.indexOf('\r\n\r\n');
    // The first bytes of the body; of a stream, its first event.
    if (head !== -1 && all.length > head + 4) this.firstAt ??= performance.now();
    const complete = head !== -1 && isComplete(all, head);
    this.chunks = complete ? '' : all;
    if (complete)
      this.waiting.resolve({
        status: Number(all.slice(9, 12)),
        text: () => all.slice(head + 4),
        firstAt: this.firstAt,
      });
  }
}

function isComplete(all, head) {
  if (/transfer-encoding: chunked/i.test(all.slice(0, head))) return all.endsWith('\r\n0\r\n\r\n');
  return all.length >= head + 4 + lengthOf(all, head);
}

function lengthOf(all, head) {
  const match = /content-length: (\d+)/i.exec(all.slice(0, head));
  if (match === null) throw new Error(`an answer without content-length: ${all.slice(0, head)}`);
  return Number(match[1]);
}
