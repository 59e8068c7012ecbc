import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SafeFetch, type SafeFetchSettings } from './safe-fetch.js';

const LIMITS = { maxBytes: 1000, timeoutMs: 2000 };
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const servers: Server[] = [];

async function serve(listener: RequestListener, address = '127.0.0.1'): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, address, done));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** As in production, save that 127.0.0.1 counts as public and plain http is spoken. */
function fetcher(settings: Partial<SafeFetchSettings> = {}): SafeFetch {
  return new SafeFetch({ unsafe: { allowed: (address) => address === '127.0.0.1' }, ...settings });
}

describe('SafeFetch gets', () => {
  it('bytes, type and the address that they came from in the end', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/old') return void response.writeHead(302, { location: '/new?x=1' }).end();
      response.writeHead(200, { 'content-type': 'Image/PNG; charset=x' }).end(PNG);
    });
    const fetched = await fetcher().get(`http://127.0.0.1:${port}/old`, { ...LIMITS, accept: ['image/*'] });
    expect(fetched).toEqual({
      bytes: PNG,
      mimeType: 'image/png',
      finalUrl: `http://127.0.0.1:${port}/new?x=1`,
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('what a server packed as %s although it was not asked to', async (encoding, pack) => {
    const port = await serve(
      (_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(pack(PNG)),
    );
    const { bytes } = await fetcher().get(`http://127.0.0.1:${port}/`, LIMITS);
    expect(bytes).toEqual(PNG);
  });

  it('our own public address from inside, and says who was asked', async () => {
    let host: string | undefined;
    const port = await serve((request, response) => {
      host = request.headers.host;
      response.writeHead(200, { 'content-type': 'audio/mp4' }).end(request.url);
    });
    const settings = { publicBaseUrl: 'http://localhost:8080', internalBaseUrl: `http://127.0.0.1:${port}` };
    const fetched = await new SafeFetch(settings).get(
      'http://localhost:8080/samples/recording.m4a?a=b',
      LIMITS,
    );
    expect(fetched.bytes.toString()).toBe('/samples/recording.m4a?a=b');
    expect([host, fetched.finalUrl]).toEqual([
      'localhost:8080',
      'http://localhost:8080/samples/recording.m4a?a=b',
    ]);
  });

  it('nothing inside for an address that only looks like ours', async () => {
    const port = await serve((_, response) => void response.end('secret'));
    const own = new SafeFetch({
      publicBaseUrl: 'http://localhost:8080',
      internalBaseUrl: `http://127.0.0.1:${port}`,
    });
    for (const url of [
      'http://localhost:8081/x',
      'http://localhost.evil.example:8080/',
      'http://a:b@localhost:8080/x',
    ]) {
      await expect(own.get(url, LIMITS)).rejects.toMatchObject({ kind: 'invalid-url' });
    }
    await expect(own.get('https://localhost/x', LIMITS)).rejects.toMatchObject({ kind: 'forbidden-address' });
  });
});

describe('SafeFetch refuses', () => {
  it.each([
    'http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'javascript:1', 'https://',
    'nonsense', '', '//example.com/x', 'https://user:pass@example.com/', 'https://user@example.com/', 'https://example.com:8443/',
    'https://example.com:22/', 'https://[fe80::1%25eth0]/',
  ])('%s', async (url) => {
    await expect(new SafeFetch().get(url, LIMITS)).rejects.toMatchObject({ name: 'FetchRefused', kind: 'invalid-url' });
  }); // prettier-ignore

  it.each([
    '127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254',
    '100.64.0.1', '0.0.0.0', '0', '224.0.0.1', '255.255.255.255', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]',
    '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[2002:7f00:1::]', '[fe80::1]', '[fc00::1]', '[fec0::1]', '[ff02::1]',
    '[2001:db8::1]', '[2001::1]', '①②⑦.⓪.⓪.①',
  ])('the literal address %s', async (host) => {
    await expect(new SafeFetch().get(`https://${host}/`, LIMITS)).rejects.toMatchObject({ kind: 'forbidden-address' });
  }); // prettier-ignore

  it('a name with one private address among public ones', async () => {
    const resolve = () =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ]);
    await expect(new SafeFetch({ resolve }).get('https://example.com/', LIMITS)).rejects.toMatchObject({
      kind: 'forbidden-address',
    });
  });

  it('the system name localhost', async () => {
    await expect(new SafeFetch().get('https://localhost/', LIMITS)).rejects.toMatchObject({
      kind: 'forbidden-address',
    });
  });

  it('to look a name up twice: what was checked is what is connected to (DNS rebinding)', async () => {
    let reached = false;
    const inside = await serve((_, response) => void response.end(String((reached = true))), '127.0.0.2');
    const answers = ['127.0.0.1', '127.0.0.2'];
    let asked = 0;
    const resolve = () => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.2', family: 4 }]);
    const rebinding = fetcher({ resolve }).get(`http://rebind.example:${inside}/`, LIMITS);
    await expect(rebinding).rejects.toMatchObject({ kind: 'unreachable' });
    expect([asked, reached]).toEqual([1, false]);
    const second = fetcher({ resolve }).get(`http://rebind.example:${inside}/`, LIMITS);
    await expect(second).rejects.toMatchObject({ kind: 'forbidden-address' });
    expect(reached).toBe(false);
  });

  it.each([
    ['http://127.0.0.2/x', 'forbidden-address'],
    ['http://[::1]/x', 'forbidden-address'],
    ['http://localhost.:1/', 'forbidden-address'],
    ['file:///etc/passwd', 'invalid-url'],
    ['gopher://127.0.0.1/', 'invalid-url'],
    ['http://u:p@127.0.0.1/', 'invalid-url'],
    ['http://[', 'invalid-url'],
  ])('a redirect to %s', async (location, kind) => {
    const port = await serve((_, response) => void response.writeHead(307, { location }).end());
    const resolve = () => Promise.resolve([{ address: '127.0.0.9', family: 4 }]);
    await expect(fetcher({ resolve }).get(`http://127.0.0.1:${port}/`, LIMITS)).rejects.toMatchObject({
      kind,
    });
  });

  it('the fourth redirect, and follows three', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return void response.end('there');
      response.writeHead(301, { location: `/${left - 1}` }).end();
    });
    expect((await fetcher().get(`http://127.0.0.1:${port}/3`, LIMITS)).bytes.toString()).toBe('there');
    const fourth = fetcher().get(`http://127.0.0.1:${port}/4`, LIMITS);
    await expect(fourth).rejects.toMatchObject({ kind: 'too-many-redirects' });
  });

  it.each([204, 206, 304, 401, 404, 500])('an answer %d', async (status) => {
    const port = await serve((_, response) => void response.writeHead(status).end());
    await expect(fetcher().get(`http://127.0.0.1:${port}/`, LIMITS)).rejects.toMatchObject({
      kind: 'bad-status',
      status,
    });
  });

  it('types that were not asked for', async () => {
    const port = await serve(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    );
    const html = fetcher().get(`http://127.0.0.1:${port}/`, { ...LIMITS, accept: ['image/*'] });
    await expect(html).rejects.toMatchObject({ kind: 'wrong-type' });
  });

  it('what is announced too large, before the first byte', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.flushHeaders();
    });
    await expect(fetcher().get(`http://127.0.0.1:${port}/`, LIMITS)).rejects.toMatchObject({
      kind: 'too-large',
    });
  });

  it('what turns out too large, and stops reading it', async () => {
    let written = 0;
    const port = await serve((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc((written += 400) && 400)), 2);
      response.on('close', () => clearInterval(timer));
    });
    await expect(fetcher().get(`http://127.0.0.1:${port}/`, LIMITS)).rejects.toMatchObject({
      kind: 'too-large',
    });
    expect(written).toBeLessThan(100_000);
  });

  it('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const port = await serve(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const boom = fetcher().get(`http://127.0.0.1:${port}/`, { ...LIMITS, maxBytes: 1_000_000 });
    await expect(boom).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('broken gzip, and encodings that nobody knows', async () => {
    const port = await serve((request, response) => {
      response.writeHead(200, { 'content-encoding': request.url?.slice(1) }).end('not packed');
    });
    await expect(fetcher().get(`http://127.0.0.1:${port}/gzip`, LIMITS)).rejects.toMatchObject({
      kind: 'unreachable',
    });
    await expect(fetcher().get(`http://127.0.0.1:${port}/zap`, LIMITS)).rejects.toMatchObject({
      kind: 'bad-status',
    });
  });

  it('a body that is shorter than its Content-Length says', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('short');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(fetcher().get(`http://127.0.0.1:${port}/`, LIMITS)).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });

  it('a server that drips its body, or never answers, when the time is over', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/silent') return;
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const path of ['/drip', '/silent']) {
      const slow = fetcher().get(`http://127.0.0.1:${port}${path}`, { maxBytes: 1000, timeoutMs: 150 });
      await expect(slow).rejects.toMatchObject({ kind: 'timeout' });
    }
  });

  it('to go on when the caller gave up, or the name never resolves', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const waiting = fetcher({ resolve }).get('https://example.com/', { maxBytes: 10, timeoutMs: 100 });
    await expect(waiting).rejects.toMatchObject({ kind: 'timeout' });
    const gone = fetcher({ resolve }).get('https://example.com/', { ...LIMITS, signal: AbortSignal.abort() });
    await expect(gone).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('to say which machine it was that did not answer', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND secret.internal'));
    const refused = fetcher({ resolve }).get('https://example.com/', LIMITS);
    await expect(refused).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'The address could not be reached',
    });
  });
});

describe('SafeFetch posts', () => {
  const message = { body: '{"a":1}', headers: { 'content-type': 'application/json', 'x-of': 'me' } };

  it('what it is given, and tells the status whatever it is, redirects included', async () => {
    const seen: unknown[] = [];
    const port = await serve((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['x-of'], body]);
        response.writeHead(Number(request.url?.slice(1)), { location: '/200' }).end('ignored');
      });
    });
    for (const status of [200, 302, 410, 500])
      expect(await fetcher().post(`http://127.0.0.1:${port}/${status}`, message, LIMITS)).toEqual({ status });
    expect(seen[1]).toEqual(['POST', '/302', 'me', '{"a":1}']);
    expect(seen).toHaveLength(4);
  });

  it.each(['http://example.com/', 'https://127.0.0.1/', 'https://localhost/', 'https://u:p@example.com/'])(
    'nothing to %s',
    async (url) => {
      await expect(new SafeFetch().post(url, message, LIMITS)).rejects.toThrow('The address must');
      await expect(new SafeFetch().assertPublic(url)).rejects.toThrow('The address must');
    },
  );

  it('nothing after its time is over', async () => {
    const port = await serve(() => undefined);
    const late = fetcher().post(`http://127.0.0.1:${port}/`, message, { timeoutMs: 50 });
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('a name with public addresses alone is public', async () => {
    const resolve = () => Promise.resolve([{ address: '93.184.216.34', family: 4 }]);
    await expect(new SafeFetch({ resolve }).assertPublic('https://example.com/x')).resolves.toBeUndefined();
  });
});
