import type { InputFile } from '../inputs/input-file.js';
import type { AvatarResolution } from '../providers/avatar-provider.js';

/** The operation's name in the price table and on the ledger. */
export const AVATAR_OPERATION = 'avatars.talking-head';

/** What a talking-head job keeps of its request: a script or a recording. */
export type AvatarInput = {
  readonly script?: string;
  readonly audio?: InputFile;
  readonly presenter: string;
  readonly voice?: string;
  readonly background: string | InputFile;
  readonly resolution: AvatarResolution;
  readonly captions: boolean;
  readonly label?: boolean;
};
