import { priceTable } from '@eventzr/wallet-client';
import type { Mode, ModeView } from './orchestration.dto.js';
import { MODES } from './orchestration.dto.js';

const DESCRIPTIONS: Readonly<Record<Mode, string>> = {
  single: 'One model answers.',
  zar: 'Three models answer; the answer is checked by all three and shows where they differ. Takes tier PRO.',
};

/** The served modes with their prices. */
export function listModes(): ModeView[] {
  return MODES.map((name) => {
    const price = priceTable('aibrain').find(({ operation }) => operation === `orchestrate.${name}`);
    if (price === undefined) throw new Error(`No price for mode ${name}`);
    return {
      name,
      description: DESCRIPTIONS[name],
      minCredits: price.minCredits,
      maxCredits: price.maxCredits,
    };
  });
}
