import type { TranscriptSegment } from '../providers/transcript-provider.js';

/** One line on the screen. */
interface Cue {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

const CUE_CHARACTERS = 84;
const CUE_MS = 7_000;
const SHORTEST_MS = 200;

/** SubRip subtitles. */
export function srtOf(segments: readonly TranscriptSegment[]): string {
  return cuesOf(segments)
    .map((cue, index) => `${index + 1}\n${span(cue, ',')}\n${line(cue.text)}\n`)
    .join('\n');
}

/** WebVTT subtitles. */
export function vttOf(segments: readonly TranscriptSegment[]): string {
  const cues = cuesOf(segments).map((cue) => `${span(cue, '.')}\n${escaped(line(cue.text))}\n`);
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Short enough to be read, one after the other. */
function cuesOf(segments: readonly TranscriptSegment[]): Cue[] {
  let before = 0;
  return segments
    .flatMap(pieces)
    .filter(({ text }) => line(text) !== '')
    .map(({ text, startMs, endMs }) => {
      const from = Math.max(before, Math.round(startMs));
      before = Math.max(from + SHORTEST_MS, Math.round(endMs));
      return { text, startMs: from, endMs: before };
    });
}

function pieces({ text, startMs, endMs, words = [] }: TranscriptSegment): Cue[] {
  if (words.length === 0) return [{ text, startMs, endMs }];
  const cues: Cue[] = [];
  for (const word of words) {
    const last = cues.at(-1);
    const fits =
      last !== undefined &&
      last.text.length + word.word.length < CUE_CHARACTERS &&
      word.endMs - last.startMs <= CUE_MS;
    if (last !== undefined && fits)
      cues[cues.length - 1] = { ...last, text: `${last.text} ${word.word}`, endMs: word.endMs };
    else cues.push({ text: word.word, startMs: word.startMs, endMs: word.endMs });
  }
  return cues;
}

function span({ startMs, endMs }: Cue, point: string): string {
  return `${timestamp(startMs, point)} --> ${timestamp(endMs, point)}`;
}

function timestamp(ms: number, point: string): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = ms / 1_000;
  const clock = `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}${point}${String(ms % 1_000).padStart(3, '0')}`;
}

/** A blank line would end the cue, an arrow would begin another. */
function line(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('-->', '→')
    .trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
