// Studio as a fleet runs it, with a wallet that never runs empty: the API beside Postgres, the worker on the measured core.
import { randomUUID } from 'node:crypto';
import { FakeWallet } from '@eventzr/testing';
import { selfSignedMaterial } from '../apps/studio/dist/provenance/c2pa-certificate.js';
import { startService, TENANT, tokens } from './services.mjs';

export const PROMPT = 'A vibrant tech conference poster with modern design';
export const SIDE = 1_024;

/**
 * One API and one worker for all rows of a run. `everywhere`: a pair of its own, both on all cores, that the caller stops.
 */
export function studio(bench, where) {
  if (where === 'everywhere') return startStudio(bench, { api: where, worker: where });
  return (bench.studio ??= startStudio(bench, { api: false, worker: true }));
}

async function startStudio(bench, cores) {
  const wallet = await FakeWallet.start();
  bench.defer(() => wallet.stop());
  wallet.balance(1_000_000_000);
  const signer = await selfSignedMaterial(new Date());
  const extra = {
    WALLET_INTERNAL_URL: wallet.url,
    URL_SIGNING_KEY: 'bench-url-signing-key'.padEnd(40, '-'),
    DATA_DIR: bench.temporaryFolder('studio'),
    C2PA_CERTIFICATE: signer.certificate,
    C2PA_PRIVATE_KEY: signer.privateKey,
  };
  const api = await startService(bench, 'studio', extra, { measured: cores.api });
  const worker = await startService(bench, 'studio', extra, {
    entry: 'worker',
    measured: cores.worker,
  });
  const authorization = await (await tokens(bench)).bearer({ tenantId: TENANT });
  return {
    worker,
    client: new StudioClient(`http://127.0.0.1:${api.port}`, authorization),
    stop: () => Promise.all([api.stop(), worker.stop()]),
  };
}

/** What a user of studio does, over HTTP. */
export class StudioClient {
  constructor(url, authorization) {
    this.port = Number(new URL(url).port);
    this.url = `${url}/studio/v1`;
    this.headers = { authorization, 'content-type': 'application/json' };
  }

  /** As an organizer of the platform that `npm start` runs. */
  static async loggedIn(url) {
    const answer = await fetch(`${url}/auth/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'organizer@eventzr.com', password: 'Password123!' }),
    });
    const { data, error } = await answer.json();
    if (!answer.ok) throw new Error(`log-in: ${JSON.stringify(error)}`);
    return new StudioClient(url, `Bearer ${data.accessToken}`);
  }

  /** The job, ended; `path` is e.g. `images/generate`. */
  async make(path, body) {
    const job = await this.post(path, body, { prefer: 'wait=60' });
    if (job.status !== 'succeeded') throw new Error(`${path} ended as ${job.status}: ${job.error?.message}`);
    return job;
  }

  draw(more = {}) {
    return this.make('images/generate', {
      prompt: PROMPT,
      provider: 'local',
      width: SIDE,
      height: SIDE,
      ...more,
    });
  }

  post(path, body, headers = {}) {
    const all = { ...this.headers, ...headers, 'idempotency-key': randomUUID() };
    return this.call(path, { method: 'POST', headers: all, body: JSON.stringify(body) });
  }

  job(id) {
    return this.call(`render-jobs/${id}`, { headers: this.headers });
  }

  async bytes(assetId) {
    const answer = await fetch(`${this.url}/assets/${assetId}/content`, { headers: this.headers });
    if (!answer.ok) throw new Error(`the content of an asset: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async call(path, options) {
    const answer = await fetch(`${this.url}/${path}`, options);
    const { data, error } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(error)}`);
    return data;
  }
}

/** `lanes` callers, each with one piece of work open, for `seconds`; what is begun is finished. */
export async function repeatJobs(lanes, seconds, work) {
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  let calls = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (; performance.now() < end; calls += 1) await work(calls);
    }),
  );
  return { calls, seconds: (performance.now() - startedAt) / 1000 };
}
