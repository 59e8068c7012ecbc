import { describe, expect, it } from '@jest/globals';
import { request as httpRequest, Agent } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { closeServer, openServer } from './http-server.js';

const urlOf = (address: AddressInfo | string | null) => `http://127.0.0.1:${(address as AddressInfo).port}`;

describe('stopping a listener', () => {
  it('drops idle connections at once and lets a running request end', async () => {
    let finish: () => void = () => undefined;
    const server = await openServer({ host: '127.0.0.1', port: 0 }, (request, response) => {
      if (request.url === '/slow') finish = () => response.end('done');
      else response.end('ok');
    });
    const url = urlOf(server.address());
    const agent = new Agent({ keepAlive: true });
    const idle = httpRequest(`${url}/fast`, { agent }).end();
    const [answer] = (await once(idle, 'response')) as [NodeJS.ReadableStream];
    answer.resume();
    const slow = fetch(`${url}/slow`);
    await once(server, 'request');
    const closed = closeServer(server, 5_000);
    finish();
    expect(await (await slow).text()).toBe('done');
    await closed;
    await expect(fetch(`${url}/fast`)).rejects.toThrow();
    agent.destroy();
  });

  it('cuts what is still open at the deadline: half a request, an endless answer', async () => {
    const server = await openServer({ host: '127.0.0.1', port: 0 }, (_request, response) =>
      response.write('...'),
    );
    const { port } = server.address() as AddressInfo;
    const half = connect(port, '127.0.0.1');
    half.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');
    await once(server, 'request');
    half.on('error', () => undefined).resume();
    const startedAt = performance.now();
    const gone = once(half, 'close');
    await closeServer(server, 50);
    await gone;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('says which port is taken', async () => {
    const server = await openServer({ host: '127.0.0.1', port: 0 }, () => undefined);
    const { port } = server.address() as AddressInfo;
    await expect(openServer({ host: '127.0.0.1', port }, () => undefined)).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port,
    });
    await closeServer(server, 0);
  });
});
