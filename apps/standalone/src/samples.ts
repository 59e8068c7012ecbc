import { readFileSync } from 'node:fs';
import type { Route } from './router.js';

/** A question of five seconds, spoken by the platform's own local voice. */
const RECORDING = new URL('../assets/recording.m4a', import.meta.url);
/** The second is the path in the guide's voice call, so that it works with nothing but the host replaced. */
const PATHS = new Set(['/samples/recording.m4a', '/bucket/recording.m4a']);

/** Serves the recording with which the voice call of aibrain's guide can be tried without a bucket. */
export function sampleRoute(): Route {
  const recording = readFileSync(RECORDING);
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (!PATHS.has(path) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    response.writeHead(200, {
      'content-type': 'audio/mp4',
      'content-length': recording.length,
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : recording);
    return true;
  };
}
