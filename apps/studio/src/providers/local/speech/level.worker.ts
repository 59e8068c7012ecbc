import { levelled } from './loudness.js';

/** Levels long recordings away from the event loop. */
export default function level(samples: Int16Array): Int16Array {
  return levelled(samples);
}
