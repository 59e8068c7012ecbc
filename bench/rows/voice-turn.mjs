// A spoken turn on the embedded default: five seconds of speech heard, answered and spoken, one after another. The local
// ears are also run by hand on the same recording (ffmpeg, then the recogniser), which is the floor of the first stage.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness.mjs';
import { startPlatform } from '../platform.mjs';
import { median } from '../report.mjs';

const LIMIT_S = 2;
const RECORDING = join(root, 'apps/standalone/assets/recording.m4a');
/** Of `/proc`, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const STAGES = ['audioMs', 'sttMs', 'brainMs', 'ttsMs'];

export async function run(bench) {
  const platform = await startPlatform(bench);
  const ask = await asker(platform.url);
  await ask(); // the voice and the planner load what they need once
  const turns = [];
  const cpuBefore = cpuMsWithTools(platform.pid);
  for (let left = bench.short ? 3 : 5; left > 0; left -= 1) {
    const startedAt = performance.now();
    const { stages } = await ask();
    turns.push({ ms: performance.now() - startedAt, stages });
  }
  const cpu = (cpuMsWithTools(platform.pid) - cpuBefore) / turns.length;
  const byHand = median(turns.slice(0, 3).map(() => hearByHand(bench.temporaryFolder('ears'))));
  await platform.stop();
  const seconds = median(turns.map(({ ms }) => ms)) / 1000;
  const stage = (name) => median(turns.map(({ stages }) => stages[name]));
  const best = Math.min(...turns.map(({ ms }) => ms)) / 1000;
  const line = { ratio: '-', target: '-', verdict: 'reported' };
  return [
    {
      ...line,
      what: 'voice turn: 5 s of speech heard, answered, spoken',
      against: `median of ${turns.length}, the best ${best.toFixed(1)} s`,
      ours: `${seconds.toFixed(1)} s${Number.isNaN(cpu) ? '' : `, ${Math.round(cpu)} ms CPU`}`,
      theirs: '-',
      target: `<= ${LIMIT_S} s`,
      verdict: seconds <= LIMIT_S ? 'met' : 'missed',
      note: STAGES.map((name) => `${name} ${Math.round(stage(name))}`).join(', '),
    },
    {
      ...line,
      what: 'its transcript',
      against: 'ffmpeg and pocketsphinx by hand',
      ours: `${Math.round(stage('sttMs'))} ms`,
      theirs: `${Math.round(byHand)} ms`,
      ratio: `${(stage('sttMs') / byHand).toFixed(2)}x`,
    },
  ];
}

async function asker(url) {
  const login = { email: 'dev@eventzr.com', password: 'Password123!' };
  const { accessToken } = await post(`${url}/auth/v1/login`, login);
  const audioUrl = `${url.replace('127.0.0.1', 'localhost')}/samples/recording.m4a`;
  const body = { audioUrl, format: 'm4a', languageHint: 'en-US', mode: 'single', ttsResponse: true };
  return () => post(`${url}/aibrain/v1/voice/orchestrate`, body, { authorization: `Bearer ${accessToken}` });
}

async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, error } = await answer.json();
  if (!answer.ok) throw new Error(`${url}: ${JSON.stringify(error)}`);
  return data;
}

/** Milliseconds, at the priority that the service gives its tools. */
function hearByHand(folder) {
  const wav = join(folder, 'question.wav');
  const startedAt = performance.now();
  const nice = (tool, ...args) => execFileSync('nice', ['-n', '10', tool, ...args], { stdio: 'ignore' });
  nice('ffmpeg', '-v', 'error', '-i', RECORDING, '-ac', '1', '-ar', '16000', wav);
  nice('pocketsphinx_continuous', '-infile', wav, '-time', 'yes', '-logfn', '/dev/null');
  return performance.now() - startedAt;
}

/** Of a process and of the children that it has waited for, in steps of a tick; no number where there is no /proc. */
function cpuMsWithTools(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // The name in parentheses may hold anything; then state and ten more, then user and system time, own and children's.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1).split(' ');
  return (fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 1000) / TICKS_PER_SECOND;
}
