import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderFault } from '../provider-fault.js';
import { VendorHttp } from './vendor-http.js';

let server: Server;
let http: VendorHttp;
let sockets: Socket[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  sockets = [];
  server = createServer((request, response) => {
    sockets.push(request.socket);
    request.resume().once('end', () => answer(response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  http = new VendorHttp({ provider: 'vendor', timeoutMs: 5_000, headersTimeoutMs: 5_000, connections: 1 });
});

afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** Reads a stream up to its last word; undefined: leaves after the first piece. */
async function read(word: string | undefined, signal = new AbortController().signal): Promise<string> {
  let text = '';
  const call = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, headers: {}, body: {} };
  const faultOf = () => new ProviderFault({ provider: 'vendor', kind: 'server' });
  const isOver = () => word !== undefined && text.endsWith(word);
  for await (const bytes of http.stream(call, signal, faultOf, isOver)) {
    text += Buffer.from(bytes).toString();
    if (word === undefined || isOver()) break;
  }
  return text;
}

const closed = (socket: Socket | undefined) =>
  new Promise<void>((done) =>
    socket === undefined || socket.closed ? done() : socket.once('close', () => done()),
  );

describe('a streamed answer', () => {
  it('leaves its connection to the next call when all was said', async () => {
    answer = (response) => {
      response.write('hello ');
      response.write('over');
      setImmediate(() => response.end());
    };
    for (let time = 0; time < 4; time += 1) expect(await read('over')).toBe('hello over');
    expect(new Set(sockets).size).toBe(1);
  });

  it('is hung up on when the server keeps it open after the last word', async () => {
    answer = (response) => void response.write('over');
    expect(await read('over')).toBe('over');
    await closed(sockets[0]);
  });

  it('is hung up on at once by a reader who leaves before the last word', async () => {
    answer = (response) => void response.write('hello');
    expect(await read(undefined)).toBe('hello');
    await closed(sockets[0]);
  });

  it('ends with its caller', async () => {
    const caller = new AbortController();
    answer = (response) => {
      response.write('hello');
      caller.abort(new Error('gone'));
    };
    await expect(read('over', caller.signal)).rejects.toThrow('gone');
    await closed(sockets[0]);
  });
});
