import { join } from 'node:path';
import type { MediaTools } from '../media-tools/ffmpeg.js';

/** The sounds of a film, as files of this machine. */
export interface Mix {
  readonly voice?: string;
  readonly music?: string;
  readonly durationSeconds: number;
  /** Silence before the voice, in milliseconds. */
  readonly voiceDelayMs: number;
}

/** Where a mix is made, and for how long. */
export interface MixRun {
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const EVEN = 'aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo';
/** Where platforms play spoken films; the ceiling survives lossy coding. */
const TARGET_LUFS = -16;
const CEILING = '-1.5dB';
/** Nothing is lifted more: what is nearly silent was meant so, or is noise. */
const MOST_GAIN_DB = 20;
const SILENT_LUFS = -69;
const CODING = ['-c:a', 'aac', '-b:a', '160k', '-ar', '44100'];

/** Speech lies around 1.7 kHz: there the music leaves room all along, also in the pauses between sentences. */
const ROOM_FOR_SPEECH = 'equalizer=f=1700:width_type=o:width=2.6:g=-9';
/** The key tells only whether somebody speaks, not how loudly: soft syllables hold the music down as loud ones do. */
const KEY = 'volume=24dB,alimiter=limit=0.5:level=false';
/** The music is down when the first word comes. */
const AHEAD_SECONDS = 0.2;
const DUCKING = 'sidechaincompress=threshold=0.02:ratio=20:attack=30:release=900';

/**
 * Arguments for the sound, to follow the picture as input 0: voice and music as one track at the loudness of broadcast
 * films. A film without sounds is silent rather than without a track: some players refuse those.
 * @throws ProviderFault; the signal's reason
 */
export async function soundArguments(
  tools: MediaTools,
  mix: Mix,
  run: MixRun,
): Promise<{ readonly inputs: string[]; readonly output: string[] }> {
  const length = ['-t', mix.durationSeconds.toFixed(3)];
  if (mix.voice === undefined && mix.music === undefined) {
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=44100'];
    return { inputs: silence, output: ['-map', '0:v', '-map', '1:a', ...CODING, ...length] };
  }
  const file = join(run.directory, 'mix.wav');
  const { signal, timeoutMs } = run;
  const measured = await tools.run('ffmpeg', { args: mixing(mix, file), signal, timeoutMs });
  const level = `volume=${gainDb(measured.toString('latin1')).toFixed(2)}dB,alimiter=limit=${CEILING}:level=false`;
  return {
    inputs: ['-i', file],
    output: ['-af', level, '-map', '0:v', '-map', '1:a', ...CODING, ...length],
  };
}

/** Mixes into a file, exactly as long as the film, and tells the loudness so far on standard output. */
function mixing({ voice, music, durationSeconds, voiceDelayMs }: Mix, file: string): string[] {
  const whole = `apad,atrim=0:${durationSeconds.toFixed(3)}`;
  const spoken = `[0:a]${EVEN},adelay=${voiceDelayMs}|${voiceDelayMs},${whole},${fadedOut(durationSeconds, 0.12)}`;
  const fade = Math.min(1.2, durationSeconds / 4);
  const fades = `afade=t=in:d=${(fade / 3).toFixed(3)},${fadedOut(durationSeconds, fade)}`;
  const played = `[${voice === undefined ? 0 : 1}:a]${EVEN},${whole},${fades}`;
  const graph = voice === undefined ? played : music === undefined ? spoken : under(spoken, played);
  return [
    ...['-v', 'error', ...[voice, music].flatMap((each) => (each === undefined ? [] : ['-i', each]))],
    ...['-filter_complex', `${graph},ebur128=metadata=1,ametadata=mode=print:key=${LOUDNESS}:file=-[a]`],
    ...['-map', '[a]', '-c:a', 'pcm_f32le', '-y', file],
  ];
}

/** The music gives way to the voice, most of all in its band. */
function under(spoken: string, played: string): string {
  const early = `atrim=start=${AHEAD_SECONDS},asetpts=PTS-STARTPTS,apad=pad_dur=${AHEAD_SECONDS}`;
  return (
    `${spoken},volume=1.3,asplit[said][heard];[heard]${KEY},${early}[key];` +
    `${played},volume=0.35,${ROOM_FOR_SPEECH}[bed];[bed][key]${DUCKING}[low];` +
    `[said][low]amix=inputs=2:duration=first:normalize=0`
  );
}

const LOUDNESS = 'lavfi.r128.I';

/** What brings the loudness of the whole, the last that was told, to its target; nothing does that for silence. */
function gainDb(told: string): number {
  const lufs = Number(told.slice(told.lastIndexOf(`${LOUDNESS}=`) + LOUDNESS.length + 1).split('\n')[0]);
  if (!Number.isFinite(lufs) || lufs < SILENT_LUFS) return 0;
  return Math.min(MOST_GAIN_DB, TARGET_LUFS - lufs);
}

const fadedOut = (durationSeconds: number, seconds: number): string =>
  `afade=t=out:st=${(durationSeconds - seconds).toFixed(3)}:d=${seconds.toFixed(3)}`;
