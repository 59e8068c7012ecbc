// An OpenAI-compatible vendor that answers at once: whole, or as a stream of 100 chunks.
import { createServer } from 'node:http';

const CHUNKS = 100;
const MODEL = 'gpt-4.1-mini';
const USAGE = { prompt_tokens: 120, completion_tokens: CHUNKS, total_tokens: 120 + CHUNKS };
const head = (choices, more = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: MODEL,
  choices,
  ...more,
});
const event = (data) => `data: ${JSON.stringify(data)}\n\n`;
const PIECES = Array.from({ length: CHUNKS }, (_, n) =>
  event(head([{ index: 0, delta: { content: ` word${n % 10}` }, finish_reason: null }])),
);
const END = [
  event(head([{ index: 0, delta: {}, finish_reason: 'stop' }])),
  event(head([], { usage: USAGE })),
  'data: [DONE]\n\n',
];
const WHOLE = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: MODEL,
  choices: [
    { index: 0, message: { role: 'assistant', content: 'word '.repeat(CHUNKS) }, finish_reason: 'stop' },
  ],
  usage: USAGE,
});

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => (body += text));
  request.on('end', () => (body.includes('"stream":true') ? void stream(response) : whole(response)));
});

function whole(response) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(WHOLE) });
  response.end(WHOLE);
}

/** Each chunk is a packet of its own, as a model's tokens are. */
async function stream(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of PIECES) {
    response.write(piece);
    await new Promise(setImmediate);
  }
  response.end(END.join(''));
}

process.on('disconnect', () => process.exit(0));
process.on('message', () => {
  server.listen(0, '127.0.0.1', () => process.send({ value: server.address().port }));
});
