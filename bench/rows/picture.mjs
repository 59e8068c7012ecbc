// Pictures of the local provider through the whole platform: request, hold, job, file, capture. Reported only.
import { randomUUID } from 'node:crypto';
import { startPlatform } from '../platform.mjs';

const AT_ONCE = 4;

export async function run(bench) {
  const platform = await startPlatform(bench);
  const authorization = `Bearer ${await login(platform.url)}`;
  await draw(platform.url, authorization);
  let pictures = 0;
  const startedAt = performance.now();
  const end = startedAt + (bench.short ? 4_000 : 10_000);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (; performance.now() < end; pictures += 1) await draw(platform.url, authorization);
    }),
  );
  const perSecond = pictures / ((performance.now() - startedAt) / 1000);
  await platform.stop();
  return [
    {
      what: 'pictures, local provider, 1024 x 1024, whole platform',
      against: '-',
      ours: `${perSecond.toFixed(1)}/s, ${AT_ONCE} at once`,
      theirs: '-',
      ratio: '-',
      target: '-',
      verdict: 'reported',
    },
  ];
}

async function login(url) {
  const { accessToken } = await call(
    `${url}/auth/v1/login`,
    {},
    { email: 'organizer@eventzr.com', password: 'Password123!' },
  );
  return accessToken;
}

async function draw(url, authorization) {
  const headers = { authorization, 'idempotency-key': randomUUID(), prefer: 'wait=30' };
  const prompt = 'A vibrant tech conference poster with modern design';
  const job = await call(`${url}/studio/v1/images/generate`, headers, { prompt, provider: 'local' });
  if (job.status !== 'succeeded') throw new Error(`a picture ended as ${job.status}`);
}

async function call(url, headers, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, error } = await answer.json();
  if (!answer.ok) throw new Error(`${url}: ${JSON.stringify(error)}`);
  return data;
}
