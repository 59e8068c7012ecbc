// aibrain above llm-orch: what `single` adds to the same completion asked of llm-orch itself, and how long `zar` takes
// against its slowest member. Nothing is pinned: three processes work for one answer.
import { FakeWallet } from '@eventzr/testing';
import { cpuMs } from '../harness.mjs';
import { inTurns, median } from '../report.mjs';
import { startService, TENANT, tokens } from '../services.mjs';

const PROMPT = 'Plan a music festival for 10,000 visitors. ';
const MAX_TOKENS = 500;
/** The gateway's default, which answers at once. */
const INSTANT = 'gpt-4o-mini';
/** Milliseconds that each member takes; judge and writer are the second one. */
const DELAYS = { 'gpt-4.1-nano': 60, 'gpt-4.1-mini': 100, 'gpt-4.1': 150 };
const MEMBERS = Object.keys(DELAYS).map((model) => `openai/${model}`);
const EVERYWHERE = { measured: 'everywhere' };

export async function run(bench) {
  const services = await start(bench);
  return [
    await overhead(bench, services, 1),
    await overhead(bench, services, 8),
    await panel(bench, services, 'Say one number.', 'unanimous', 0),
    await panel(bench, services, PROMPT, 'written', 2 * DELAYS['gpt-4.1-mini']),
  ];
}

async function start(bench) {
  const wallet = await FakeWallet.start();
  bench.defer(() => wallet.stop());
  wallet.balance(1_000_000_000);
  const vendor = bench.fork('measured/panel-vendor.mjs', { measured: false });
  const upstream = await vendor.ask({ delays: DELAYS });
  const llm = await startService(
    bench,
    'llm-orch',
    {
      WALLET_INTERNAL_URL: wallet.url,
      COMPLETION_CACHE: 'off',
      OPENAI_API_KEY: 'sk-bench',
      OPENAI_BASE_URL: `http://127.0.0.1:${upstream}/v1`,
      OPENAI_MODELS: [INSTANT, ...Object.keys(DELAYS)].join(','),
    },
    EVERYWHERE,
  );
  const environment = {
    WALLET_INTERNAL_URL: wallet.url,
    LLM_ORCH_INTERNAL_URL: `http://127.0.0.1:${llm.internalPort}`,
    STUDIO_INTERNAL_URL: 'http://127.0.0.1:9',
    ZAR_MEMBERS: MEMBERS.join(','),
    ZAR_JUDGE: 'openai/gpt-4.1-mini',
    ZAR_WRITER: 'openai/gpt-4.1-mini',
  };
  const aibrain = await startService(bench, 'aibrain', environment, EVERYWHERE);
  const mint = await tokens(bench);
  const authorization = await mint.bearer({ tenantId: TENANT, planTier: 'enterprise' });
  return { llm, aibrain, authorization };
}

async function overhead(bench, { llm, aibrain, authorization }, connections) {
  // What all services behind the call used: on a busy machine it says more than the time.
  const used = () => cpuMs(aibrain.pid) + cpuMs(llm.pid);
  const side = (port, path, body) => (seconds) => ({
    run: async () => {
      const before = used();
      const slice = await bench.load().ask({
        port,
        connections,
        seconds,
        scenario: 'write',
        method: 'POST',
        path,
        headers: { authorization },
        body,
        status: 200,
      });
      return { ...slice, cpuMs: used() - before };
    },
  });
  const body = { prompt: PROMPT, maxTokens: MAX_TOKENS };
  const single = side(aibrain.port, '/aibrain/v1/orchestrate', { ...body, mode: 'single' });
  const alone = side(llm.port, '/llm-orch/v1/inference/complete', body);
  await inTurns(1, single(3), alone(2)); // warm
  const { ours, theirs } = await inTurns(bench.short ? 1 : 2, single(1.5), alone(1));
  const text = ({ p50, cpuPerCall }) => `p50 ${p50.toFixed(1)} ms, ${cpuPerCall.toFixed(1)} ms CPU`;
  return {
    what: `single: hold, bound, child call, turn, events; ${connections} at once`,
    against: 'the same completion, asked of llm-orch',
    ours: text(ours),
    theirs: text(theirs),
    ratio: `+${(ours.p50 - theirs.p50).toFixed(1)} ms (CPU ${(ours.cpuPerCall / theirs.cpuPerCall).toFixed(2)}x)`,
    target: '-',
    verdict: 'reported',
  };
}

/** One caller; what the slowest member took is in the answer itself. */
async function panel(bench, { aibrain, authorization }, prompt, synthesis, laterMs) {
  const walls = [];
  const members = [];
  for (let call = 0; call < (bench.short ? 6 : 14); call += 1) {
    const startedAt = performance.now();
    const response = await fetch(`http://127.0.0.1:${aibrain.port}/aibrain/v1/orchestrate`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt, maxTokens: MAX_TOKENS, mode: 'zar', onNoConsensus: 'best' }),
    });
    const { data, error } = await response.json();
    if (error !== null) throw new Error(`zar: ${JSON.stringify(error)}`);
    if (data.consensus.synthesis !== synthesis) throw new Error(`zar: ${JSON.stringify(data.consensus)}`);
    if (call < 2) continue; // warm
    walls.push(performance.now() - startedAt);
    members.push(Math.max(...data.members.map(({ latencyMs }) => latencyMs)));
  }
  const [wall, slowest] = [median(walls), median(members) + laterMs];
  return {
    what: `zar, ${synthesis}`,
    against: laterMs === 0 ? 'its slowest member' : 'its slowest member, then judge and writer by the vendor',
    ours: `p50 ${wall.toFixed(0)} ms`,
    theirs: `p50 ${slowest.toFixed(0)} ms`,
    ratio: `${(wall / slowest).toFixed(2)}x`,
    target: '-',
    verdict: 'reported',
  };
}
