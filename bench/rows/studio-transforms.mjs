// A JPEG made smaller: by the worker's engine in its process, and through API and worker, against raw sharp with the same
// settings in a loop on the same core.
import { inTurns, throughputLine } from '../report.mjs';
import { repeatJobs, studio } from '../studio.mjs';

const AT_ONCE = 4;
const SOURCE_SIDE = 1_792;
const WIDTH = 1_024;

export async function run(bench) {
  const { worker, client } = await studio(bench);
  const source = await client.draw({ width: SOURCE_SIDE, height: SOURCE_SIDE, format: 'jpeg' });
  const [{ id: assetId }] = source.assets;
  const jpeg = (await client.bytes(assetId)).toString('base64');
  const raw = bench.fork('measured/studio-engines.mjs', { measured: true });
  const engine = (work) => (seconds) => ({
    pid: raw.pid,
    run: () => raw.ask({ work, jpeg, width: WIDTH, seconds }),
  });
  const api = (seconds) => ({
    pid: worker.pid,
    run: () =>
      repeatJobs(AT_ONCE, seconds, () =>
        client.make('images/transform', {
          assetId,
          transformation: 'resize',
          width: WIDTH,
          provider: 'local',
        }),
      ),
  });
  const line = async (what, ours, target) => {
    await inTurns(1, ours(1.5), engine('sharp')(0.5));
    const figures = bench.short
      ? await inTurns(2, ours(1), engine('sharp')(1))
      : await inTurns(3, ours(1.5), engine('sharp')(1));
    return throughputLine({
      what,
      against: `raw sharp in a loop, ${SOURCE_SIDE} to ${WIDTH} pixels`,
      ...figures,
      ...target,
      digits: 1,
    });
  };
  const lines = [
    await line("JPEG resize, the worker's engine in its process", engine('resize'), { least: 0.8 }),
    await line('JPEG resize of an own drawing through API and worker, signed and stored', api, {}),
  ];
  await raw.stop();
  return lines;
}
