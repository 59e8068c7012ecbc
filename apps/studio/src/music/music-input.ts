import type { MusicRequest } from '../providers/music-provider.js';

/** The operation's name in the price table and on the ledger. */
export const MUSIC_OPERATION = 'music.generate';

/** What a music job keeps of its request. */
export type MusicInput = {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly instrumental: boolean;
  readonly format: MusicRequest['format'];
  readonly genre?: string;
  readonly mood?: string;
};
