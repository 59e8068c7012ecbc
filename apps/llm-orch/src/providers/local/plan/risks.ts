import type { Brief } from '../brief.js';
import { worded } from './wording.js';

const MOST = 5;

/** The family's risks after those that place and season add. */
export function planRisks(lines: readonly string[], brief: Brief): { risk: string; answer: string }[] {
  return [...hybridRisks(brief), ...seasonal(brief), ...lines]
    .flatMap((line) => riskOf(line, brief))
    .slice(0, MOST);
}

function riskOf(line: string, brief: Brief): { risk: string; answer: string }[] {
  const [risk = '', answer = ''] = line.split('|');
  const said = worded(risk, brief);
  const answered = worded(answer, brief);
  return said === undefined || answered === undefined ? [] : [{ risk: said, answer: answered }];
}

function hybridRisks({ setting }: Brief): string[] {
  return setting === 'hybrid'
    ? [
        'Remote guests become an audience of a second class|a host of their own, a chat read out in the room, sound tested before pictures',
      ]
    : [];
}

function seasonal({ place, date, setting }: Brief): string[] {
  const city = place.city;
  if (!city || setting === 'virtual' || setting === 'indoor') return [];
  const month = date && date.precision !== 'period' ? Number(date.iso.slice(5, 7)) : undefined;
  const between = (from: number, to: number) => month !== undefined && month >= from && month <= to;
  const has = (trait: string) => city.traits.includes(trait);
  if (has('m') && (month === undefined || between(6, 9)))
    return [
      `Monsoon rain in ${city.name} from June to September|a fully covered place, raised power and extra travel time`,
    ];
  if (has('g') && (month === undefined || between(5, 9)))
    return [
      `Heat in ${city.name} from May to September|indoors or after sunset, cooled rooms, water everywhere`,
    ];
  if (has('n') && month !== undefined && (month >= 11 || month <= 3))
    return [`Cold, snow and early darkness in ${city.name}|heated rooms, lit and gritted paths, cloakroom`];
  if (has('t') && setting === 'outdoor')
    return [`Sudden showers in ${city.name}|a roof within two minutes’ walk, covered sockets`];
  return [];
}
