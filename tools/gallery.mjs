// `npm run gallery` makes one output of each operation that studio sells, from fixed prompts and seeds, on a platform of its
// own: real requests, real jobs. Files and an index page land in `gallery/` (`-- --out FOLDER` for another one). Local
// providers only; what could not be made says why and makes the command fail.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from '../bench/harness.mjs';
import { startPlatform } from '../bench/platform.mjs';

const WAIT_SECONDS = 60;
const POLL_MS = 1_000;
const { values } = parseArgs({ options: { out: { type: 'string', default: 'gallery' } } });
const out = resolve(values.out);

const EVENT = {
  title: 'Harbour Lights Jazz Evening',
  date: '2027-06-19T19:30:00+01:00',
  venue: 'Cais do Sodré, Lisbon',
};

/** Name, route, body; a body may be a function of what was made before (asset ids by name). */
const WORKS = [
  ['image', 'images/generate', { prompt: 'A beach wedding at sunset with a flower arch', seed: 7 }],
  [
    'image-conference',
    'images/generate',
    { prompt: 'A vibrant tech conference poster with modern design', seed: 7 },
  ],
  [
    'transform',
    'images/transform',
    ({ image }) => ({ assetId: image, transformation: 'style-transfer', styleReference: 'watercolour' }),
  ],
  ['remove-background', 'images/remove-background', ({ image }) => ({ assetId: image })],
  ['variations', 'images/variations', ({ image }) => ({ assetId: image, variants: 2, seed: 7 })],
  [
    'video',
    'videos/generate',
    {
      prompt: 'A summer food festival in the park: stalls, music and fireworks at night',
      durationSeconds: 10,
      voiceover: 'Join us for a day of food, music and fireworks.',
      music: true,
      seed: 7,
    },
  ],
  ['tts', 'audio/tts', { text: 'Welcome to the summer festival. Doors open at six thirty in the evening.' }],
  [
    'transcription',
    'audio/transcribe',
    ({ tts }) => ({ assetId: tts, languageHint: 'en-US', timestamps: 'word' }),
  ],
  [
    'music',
    'music/generate',
    { prompt: 'Warm jazz for a harbour evening', genre: 'jazz', durationSeconds: 30, seed: 7 },
  ],
  [
    'talking-head',
    'avatars/talking-head',
    { script: 'Hello, and welcome to our annual meeting. Please find your seats.', seed: 7 },
  ],
  [
    'poster',
    'posters/generate',
    {
      ...EVENT,
      hosts: ['Clube de Jazz'],
      sizes: ['a4', 'instagram-square'],
      formats: ['png', 'pdf', 'svg'],
      seed: 7,
    },
  ],
  [
    'invitation',
    'invitations/generate',
    {
      title: 'Amélie & Jonás',
      date: '2027-09-11T15:00:00+02:00',
      venue: 'Château de Lys, Provence',
      hosts: ['Amélie Laurent', 'Jonás Ortega'],
      rsvpUrl: 'https://example.com/rsvp',
      formats: ['png', 'pdf'],
      seed: 7,
    },
  ],
  [
    'presentation',
    'presentations/generate',
    {
      topic: 'Sponsorship plan for a charity run with 800 runners in Lisbon, budget 24,000 EUR',
      slides: 6,
      format: 'pptx',
      seed: 7,
    },
  ],
  [
    'presentation-pdf',
    'presentations/generate',
    {
      topic: 'Sponsorship plan for a charity run with 800 runners in Lisbon, budget 24,000 EUR',
      slides: 6,
      format: 'pdf',
      seed: 7,
    },
  ],
];

async function main() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const bench = new Bench({ short: false, profile: undefined });
  const made = [];
  try {
    const { url } = await startPlatform(bench);
    const ask = await signedIn(url);
    const ids = {};
    for (const [name, route, body] of WORKS) {
      const work = await produce(ask, name, route, typeof body === 'function' ? body(ids) : body);
      ids[name] = work.files[0]?.id;
      made.push(work);
      console.log(
        `${work.error === undefined ? 'made' : 'FAILED'} ${name} in ${(work.ms / 1000).toFixed(1)} s${work.error === undefined ? '' : `: ${work.error}`}`,
      );
    }
  } finally {
    await bench.close();
  }
  writeFileSync(join(out, 'index.html'), page(made));
  console.log(`the gallery is in ${join(out, 'index.html')}`);
  if (made.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

async function signedIn(url) {
  const login = await fetch(`${url}/auth/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@eventzr.com', password: 'Password123!' }),
  });
  const { data } = await login.json();
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(path.startsWith('http') ? path : `${url}/studio/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${data.accessToken}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer;
  };
}

async function produce(ask, name, route, body) {
  const startedAt = performance.now();
  const base = { name, route, body, files: [] };
  const answer = await ask('POST', route, body, { prefer: `wait=${WAIT_SECONDS}`, 'x-wallet': 'team' });
  const { data, error } = await answer.json();
  if (error !== null)
    return {
      ...base,
      error: `${error.code} ${error.message} ${JSON.stringify(error.details)}`,
      ms: performance.now() - startedAt,
    };
  const job = await ended(ask, data.jobId);
  const files = await Promise.all(job.assets.map((asset, index) => keep(ask, name, asset, index)));
  const failure =
    job.status === 'succeeded' ? {} : { error: `${job.status}: ${job.error?.code} ${job.error?.message}` };
  return {
    ...base,
    files,
    output: job.output,
    credits: job.creditsCharged,
    ms: performance.now() - startedAt,
    ...failure,
  };
}

async function ended(ask, jobId) {
  for (;;) {
    const { data } = await (await ask('GET', `render-jobs/${jobId}`)).json();
    if (['succeeded', 'failed', 'cancelled'].includes(data.status)) return data;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

const EXTENSIONS = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/midi': 'mid',
  'application/pdf': 'pdf',
  'application/json': 'json',
  'text/calendar': 'ics',
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

async function keep(ask, name, asset, index) {
  const content = await ask('GET', asset.contentUrl);
  const extension = EXTENSIONS[asset.mimeType.split(';')[0]] ?? 'bin';
  const role = (asset.role ?? String(index)).replace(`.${extension}`, ''); // poster roles are such as a4.png
  const file = `${name}-${role}.${extension}`;
  writeFileSync(join(out, file), Buffer.from(await content.arrayBuffer()));
  return { id: asset.id, file, mimeType: asset.mimeType, provider: asset.provider };
}

const escaped = (text) =>
  String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function shown({ file, mimeType }) {
  const address = escaped(file);
  if (mimeType.startsWith('image/')) return `<img src="${address}" alt="${address}" loading="lazy">`;
  if (mimeType.startsWith('video/')) return `<video src="${address}" controls></video>`;
  if (mimeType.startsWith('audio/')) return `<audio src="${address}" controls></audio>`;
  return `<a href="${address}">${address}</a>`;
}

function page(made) {
  const works = made.map(
    ({ name, route, body, files, output, credits, error, ms }) => `<section><h2>${escaped(name)}</h2>
<p>POST /studio/v1/${escaped(route)}, ${(ms / 1000).toFixed(1)} s, ${escaped(credits ?? 0)} credits</p>
<pre>${escaped(JSON.stringify(body, null, 2))}</pre>
${error === undefined ? files.map(shown).join('\n') : `<p class="failed">${escaped(error)}</p>`}
${output ? `<pre>${escaped(JSON.stringify(output, null, 2).slice(0, 2_000))}</pre>` : ''}</section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>EventZR studio gallery</title>
<style>body{font:16px/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem}img,video{max-width:100%;max-height:32rem;margin:.5rem}img{background:repeating-conic-gradient(#c9c9d0 0 25%,#fff 0 50%) 0 0/1.5rem 1.5rem}pre{background:#f4f4f5;padding:.75rem;overflow:auto}.failed{color:#b00020}</style>
<h1>Studio gallery</h1><p>Made on this machine by local providers; no vendor was asked.</p>
${works.join('\n')}</html>
`;
}

await main();
