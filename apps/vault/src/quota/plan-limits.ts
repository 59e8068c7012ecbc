import type { Tier } from '@eventzr/http';

const GIBIBYTE = 1024 ** 3;

/** Storage by plan tier, in bytes, as the plans say; null is unlimited. */
export const STORAGE_LIMITS: Readonly<Record<Tier, number | null>> = {
  BASE: GIBIBYTE,
  PRO: 200 * GIBIBYTE,
  ENTERPRISE: null,
};
