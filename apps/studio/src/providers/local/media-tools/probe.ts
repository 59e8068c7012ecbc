import { ProviderFault } from '../../provider-fault.js';
import type { MediaTools } from './ffmpeg.js';

/** What a media file is, as ffprobe sees it. */
export interface MediaProbe {
  /** Comma-separated names of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  readonly durationMs: number;
  readonly streams: readonly MediaStream[];
}

export interface MediaStream {
  readonly kind: 'video' | 'audio' | 'other';
  readonly codec: string;
  /** Pixels, of pictures. */
  readonly width?: number;
  readonly height?: number;
  readonly pixelFormat?: string;
  /** Frames a second. */
  readonly frameRate?: number;
  /** Samples a second, of sound. */
  readonly sampleRate?: number;
  readonly channels?: number;
}

const TIMEOUT_MS = 20_000;
const ANSWER_LIMIT_BYTES = 256 * 1024;

interface RawStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly pix_fmt?: string;
  readonly r_frame_rate?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
}

interface RawProbe {
  readonly format?: { readonly format_name?: string; readonly duration?: string };
  readonly streams?: readonly RawStream[];
}

/**
 * Looks at a file of this machine; no other protocol is opened, whatever the file names.
 * @throws ProviderFault `rejected` when it is no media file
 */
export async function probeMedia(tools: MediaTools, file: string, signal: AbortSignal): Promise<MediaProbe> {
  const answer = await tools.run('ffprobe', {
    args: [
      ...['-v', 'error', '-protocol_whitelist', 'file', '-of', 'json', '-show_format', '-show_streams'],
      ...['-i', `file:${file}`],
    ],
    signal,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: ANSWER_LIMIT_BYTES,
    failure: 'rejected',
  });
  const { format, streams = [] } = JSON.parse(answer.toString('utf8')) as RawProbe;
  const durationMs = Math.round(Number(format?.duration ?? 'NaN') * 1000);
  if (format?.format_name === undefined || !Number.isFinite(durationMs))
    throw new ProviderFault({ provider: 'local', kind: 'rejected', message: 'the file has no duration' });
  return { container: format.format_name, durationMs, streams: streams.map(streamOf) };
}

function streamOf(raw: RawStream): MediaStream {
  const kind = raw.codec_type === 'video' || raw.codec_type === 'audio' ? raw.codec_type : 'other';
  const [frames = 0, seconds = 1] = (raw.r_frame_rate ?? '0/1').split('/').map(Number);
  return {
    kind,
    codec: raw.codec_name ?? 'unknown',
    ...(raw.width === undefined ? {} : { width: raw.width }),
    ...(raw.height === undefined ? {} : { height: raw.height }),
    ...(raw.pix_fmt === undefined ? {} : { pixelFormat: raw.pix_fmt }),
    ...(kind === 'video' ? { frameRate: frames / seconds } : {}),
    ...(raw.sample_rate === undefined ? {} : { sampleRate: Number(raw.sample_rate) }),
    ...(raw.channels === undefined ? {} : { channels: raw.channels }),
  };
}
