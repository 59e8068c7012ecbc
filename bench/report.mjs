// Figures and the table. A row compares `ours` with `theirs`, measured in turns within one run, so that whatever else
// the machine does falls on both.
import { cpuMs } from './harness.mjs';

/**
 * Measures two sides in turns: AB, BA, AB, ... Each side is `{ pid?, run(): Promise<{ calls, seconds, p99?, cpuMs? }> }`.
 * @returns {Promise<{ ours: Figures, theirs: Figures }>}
 */
export async function inTurns(rounds, ours, theirs) {
  const taken = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['theirs', 'ours'] : ['ours', 'theirs'];
    for (const name of order) taken[name].push(await measured(name === 'ours' ? ours : theirs));
  }
  return { ours: figures(taken.ours), theirs: figures(taken.theirs) };
}

async function measured({ pid, run }) {
  const before = pid === undefined ? undefined : cpuMs(pid);
  const slice = await run();
  const after = pid === undefined ? undefined : cpuMs(pid);
  return { cpuMs: before === undefined || after === undefined ? undefined : after - before, ...slice };
}

/** The value below which `share` of all lie. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** @typedef {{ perSecond: number, cpuPerCall: number | undefined, p50: number, p99: number, first?: number }} Figures */
function figures(slices) {
  const sum = (name) => slices.reduce((total, slice) => total + slice[name], 0);
  const calls = sum('calls');
  const cpu = slices.every((slice) => slice.cpuMs !== undefined) ? sum('cpuMs') / calls : undefined;
  return {
    perSecond: calls / sum('seconds'),
    cpuPerCall: cpu,
    p50: median(slices.map(({ p50 }) => p50)),
    p99: median(slices.map(({ p99 }) => p99)),
    first: median(slices.map(({ first }) => first)),
  };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * A line of the table from two sides' throughput; `least` is the ratio to reach, undefined: reported only. With `cpu`
 * the ratio of CPU time per call has to reach it too: a floor that idles flatters the ratio of throughput. `digits` after
 * the point, for what happens a few times a second.
 */
export function throughputLine({ what, against, ours, theirs, least, cpu = false, digits = 0, note }) {
  const ratio = ours.perSecond / theirs.perSecond;
  const reached = cpu ? Math.min(ratio, theirs.cpuPerCall / ours.cpuPerCall || ratio) : ratio;
  return {
    what,
    against,
    ours: sideText(ours, digits),
    theirs: sideText(theirs, digits),
    ratio: `${ratio.toFixed(2)}${cpuRatio(ours, theirs)}`,
    target: least === undefined ? '-' : `>= ${least}`,
    verdict: least === undefined ? 'reported' : reached >= least ? 'met' : 'missed',
    note,
  };
}

function sideText({ perSecond, cpuPerCall }, digits) {
  const cpu = cpuPerCall === undefined ? '' : `, ${cpuPerCall.toFixed(3)} ms CPU`;
  return `${perSecond.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}/s${cpu}`;
}

function cpuRatio({ cpuPerCall: ours }, { cpuPerCall: theirs }) {
  return ours === undefined || theirs === undefined ? '' : ` (CPU ${(theirs / ours).toFixed(2)})`;
}

/** @param {readonly object[]} lines */
export function table(lines) {
  const columns = ['what', 'against', 'ours', 'theirs', 'ratio', 'target', 'verdict'];
  const rows = lines.map((line) => columns.map((name) => String(line[name] ?? '')));
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index].length)));
  const text = (cells) => `| ${cells.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`;
  return [text(columns), text(widths.map((width) => '-'.repeat(width))), ...rows.map(text)].join('\n');
}
