import type { FakePanel, Part } from './panel.fake.js';

export const FESTIVAL = {
  prompt: 'Design a multi-day music festival with vendor management',
  mode: 'zar',
  maxTokens: 1_000,
  context: '3-day outdoor festival, 10,000 capacity',
};
export const PLAN_A =
  'The festival runs for 3 days with 10,000 visitors.\nCatering: $40,000\nSecurity: $25,000\nBook the main stage first.\nDo not let vendors on the site without a permit.';
export const PLAN_B =
  'The festival runs for 3 days with 10,000 visitors.\nCatering: $40,000\nSecurity: $30,000\nBook the main stage first.\nVendors need a permit.';
export const PLAN_C =
  'The festival runs 3 days for 10,000 visitors.\nCatering: $40,000\nSecurity: $25,000\nBook the main stage and sign vendors.';
export const WRITTEN =
  'The festival runs for 3 days with 10,000 visitors.\nCatering: $40,000\nSecurity: $25,000\nBook the main stage first.';
export const VERDICT = JSON.stringify({
  ranking: ['X', 'Y'],
  consensus: ['3 days'],
  contradictions: [],
  insights: [],
});
export const STRANGERS = ['Bake bread slowly overnight.\nKnead dough.', 'Paint walls blue.\nBuy brushes.', 'Swim daily laps.\nStretch arms.'] as const; // prettier-ignore

/** One way in which a panel fares, and what the caller then gets and pays. */
export interface ZarCase {
  readonly what: string;
  readonly panel: FakePanel;
  readonly onNoConsensus?: 'fail' | 'best';
  readonly status: number;
  readonly code?: string;
  /** Fields of the answer's consensus. */
  readonly consensus?: Record<string, unknown>;
  readonly degraded?: true;
  /** Any of these. */
  readonly answers?: readonly string[];
  readonly charged: number;
  readonly asked: number;
}

const all = (part: Part): FakePanel['members'] => [part, part, part];
export const THREE: FakePanel['members'] = [PLAN_A, PLAN_B, PLAN_C];
export const ZAR_CASES: readonly ZarCase[] = [
  { what: '3 of 3', panel: { members: THREE, judge: VERDICT, writer: WRITTEN }, status: 200, consensus: { reached: true, answered: 3, of: 3, synthesis: 'written', panel: 'families' }, answers: [WRITTEN], charged: 60, asked: 5 },
  { what: '3 of 3 to the letter', panel: { members: all('42') }, status: 200, consensus: { score: 1, level: 'high', synthesis: 'unanimous' }, answers: ['42'], charged: 60, asked: 3 },
  { what: '2 of 3, one fails', panel: { members: [PLAN_A, 502, PLAN_C], judge: VERDICT, writer: WRITTEN }, status: 200, consensus: { reached: true, answered: 2, level: 'medium', synthesis: 'written' }, answers: [WRITTEN], charged: 60, asked: 5 },
  { what: '2 of 3, one is too slow', panel: { members: [PLAN_A, PLAN_B, null], judge: VERDICT, writer: WRITTEN }, status: 200, consensus: { answered: 2, synthesis: 'written' }, answers: [WRITTEN], charged: 60, asked: 5 },
  { what: '1 of 3', panel: { members: [502, PLAN_B, 502] }, status: 200, consensus: { reached: false, score: null, level: 'none', answered: 1 }, degraded: true, answers: [PLAN_B], charged: 10, asked: 3 },
  { what: '0 of 3', panel: { members: all(502) }, status: 502, code: 'AIBRAIN_1002', charged: 0, asked: 3 },
  { what: '0 of 3, all empty', panel: { members: all(' ') }, status: 502, code: 'AIBRAIN_1002', charged: 0, asked: 3 },
  { what: '0 of 3, all too slow', panel: { members: all(null) }, status: 504, code: 'AIBRAIN_1003', charged: 0, asked: 3 },
  { what: 'judge down', panel: { members: THREE, judge: 502, writer: WRITTEN }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 4 },
  { what: 'judge without a verdict', panel: { members: THREE, judge: 'They are all nice.', writer: WRITTEN }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 4 },
  { what: 'writer down', panel: { members: THREE, judge: VERDICT, writer: 502 }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 5 },
  { what: 'writer too slow', panel: { members: THREE, judge: VERDICT, writer: null }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 5 },
  { what: 'writer with a figure of its own', panel: { members: THREE, judge: VERDICT, writer: `${WRITTEN}\nInsurance: $99,999` }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 5 },
  { what: 'writer with a tale of its own', panel: { members: THREE, judge: VERDICT, writer: 'Elephants parade around midnight. Fireworks follow afterwards.' }, status: 200, consensus: { synthesis: 'medoid' }, answers: [PLAN_A, PLAN_B, PLAN_C], charged: 60, asked: 5 },
  { what: 'no consensus', panel: { members: STRANGERS }, status: 422, code: 'AIBRAIN_1100', charged: 0, asked: 3 },
  { what: 'no consensus, the best wanted', panel: { members: STRANGERS }, onNoConsensus: 'best', status: 200, consensus: { reached: false, level: 'none', synthesis: 'medoid' }, answers: STRANGERS, charged: 60, asked: 3 },
]; // prettier-ignore
