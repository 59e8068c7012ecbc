// An OpenAI-compatible vendor whose models take their time: the one of a request says how long, in milliseconds.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PLANS = [
  'The festival runs for 3 days.\nCatering: $40,000\nBook the main stage first.\nVendors need a permit.',
  'The festival runs for 3 days.\nCatering: $45,000\nBook the main stage first.\nVendors need a permit.',
];
const VERDICT = JSON.stringify({ ranking: ['X'], consensus: [], contradictions: [], insights: [] });
const USAGE = { prompt_tokens: 120, completion_tokens: 100, total_tokens: 220 };
let delays;
let asked = 0;

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (part) => (text += part));
  request.on('end', () => void answer(JSON.parse(text), response));
});

/** A short answer is the same from all; of long ones every second differs, so that judge and writer are asked. */
async function answer({ model, messages, response_format: format }, response) {
  const short = JSON.stringify(messages).includes('one number');
  const content = format !== undefined ? VERDICT : short ? '42' : PLANS[(asked += 1) % PLANS.length];
  await sleep(delays[model] ?? 0);
  const body = JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: USAGE,
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (wanted) => {
  delays = wanted.delays;
  server.listen(0, '127.0.0.1', () => process.send({ value: server.address().port }));
});
