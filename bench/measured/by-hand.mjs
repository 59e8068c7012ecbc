// What a gateway can cost at least: `pipe` passes bytes through node:http, `undici` through a pooled client.
import { createServer, request as send, Agent as HttpAgent } from 'node:http';
import { Agent, request } from 'undici';

process.on('disconnect', () => process.exit(0));
process.on('message', ({ kind, upstream }) => {
  const server = createServer(kind === 'pipe' ? pipe(upstream) : pooled(upstream));
  server.listen(0, '127.0.0.1', () => process.send({ value: server.address().port }));
});

function pipe(upstream) {
  const agent = new HttpAgent({ keepAlive: true, maxSockets: 64 });
  return (incoming, response) => {
    const { method, headers } = incoming;
    const onward = {
      host: '127.0.0.1',
      port: upstream,
      path: '/v1/chat/completions',
      method,
      headers,
      agent,
    };
    incoming.pipe(
      send(onward, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      }),
    );
  };
}

function pooled(upstream) {
  const dispatcher = new Agent({ connections: 64 });
  const url = `http://127.0.0.1:${upstream}/v1/chat/completions`;
  return async (incoming, response) => {
    let body = '';
    for await (const text of incoming.setEncoding('utf8')) body += text;
    const answer = await request(url, {
      method: 'POST',
      dispatcher,
      body,
      headers: { 'content-type': 'application/json' },
    });
    response.writeHead(answer.statusCode, {
      'content-type': answer.headers['content-type'],
      ...(answer.headers['content-length'] && { 'content-length': answer.headers['content-length'] }),
    });
    for await (const bytes of answer.body) response.write(bytes);
    response.end();
  };
}
