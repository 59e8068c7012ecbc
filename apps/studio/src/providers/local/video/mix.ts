/** The sounds of a film, as files of this machine. */
export interface Mix {
  readonly voice?: string;
  readonly music?: string;
  readonly durationSeconds: number;
  /** Silence before the voice, in milliseconds. */
  readonly voiceDelayMs: number;
}

const EVEN = 'aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo';

/**
 * Arguments for the sound, to follow the picture as input 0: music fades in and out and gives way to the voice.
 * Exactly as long as the film. A film without sounds is silent rather than without a track: some players refuse those.
 */
export function mixArguments({ voice, music, durationSeconds, voiceDelayMs }: Mix): {
  readonly inputs: string[];
  readonly output: string[];
} {
  const files = [voice, music].filter((file) => file !== undefined);
  const end = durationSeconds.toFixed(3);
  const coding = ['-c:a', 'aac', '-b:a', '160k', '-ar', '44100', '-t', end];
  if (files.length === 0) {
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=44100'];
    return { inputs: silence, output: ['-map', '0:v', '-map', '1:a', ...coding] };
  }
  const fade = Math.min(1.2, durationSeconds / 4);
  const fades = `afade=t=in:d=${(fade / 3).toFixed(3)},afade=t=out:st=${(durationSeconds - fade).toFixed(3)}:d=${fade.toFixed(3)}`;
  const whole = `apad,atrim=0:${end}`;
  const spoken = `[1:a]${EVEN},adelay=${voiceDelayMs}|${voiceDelayMs},${whole},afade=t=out:st=${(durationSeconds - 0.12).toFixed(3)}:d=0.12`;
  const played = `[${voice === undefined ? 1 : 2}:a]${EVEN},${whole},${fades}`;
  const limit = 'alimiter=limit=0.9:level=false';
  const graph =
    voice === undefined
      ? `${played},volume=0.8,${limit}[a]`
      : music === undefined
        ? `${spoken},volume=1.3,${limit}[a]`
        : `${spoken},volume=1.3,asplit[said][key];${played},volume=0.4[bed];` +
          `[bed][key]sidechaincompress=threshold=0.02:ratio=12:attack=40:release=450[low];` +
          `[said][low]amix=inputs=2:duration=longest:normalize=0,${limit}[a]`;
  return {
    inputs: files.flatMap((file) => ['-i', file]),
    output: ['-filter_complex', graph, '-map', '0:v', '-map', '[a]', ...coding],
  };
}
