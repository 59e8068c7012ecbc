/**
 * What a family of events usually consists of. Lines are written for people to edit:
 * alternatives are separated by ` // ` (the first one that nothing rules out is taken), and
 * `{guests}`, `{place}`, `{honouree}`, `{theme}` are filled in; an alternative whose value is unknown is skipped.
 */
export interface Family {
  readonly tone: 'business' | 'festive' | 'public' | 'sombre' | 'children';
  /** Minutes after midnight at which the first slot of a day begins. */
  readonly start: number;
  /** Weeks of preparation that such an event usually takes. */
  readonly leadWeeks: number;
  /** `minutes text` or `minutes* text`; starred slots stay when the plan must be short. */
  readonly day: readonly string[];
  readonly firstDay?: readonly string[];
  readonly middleDay?: readonly string[];
  readonly lastDay?: readonly string[];
  /** `weight|category|what it covers`. */
  readonly budget: readonly string[];
  /** `setting|smallest-largest|name|why|traits`, setting `in`, `out` or `both`; traits of which the city needs one. */
  readonly venues: readonly string[];
  /** `guests per person|at least|role`. */
  readonly staff: readonly string[];
  readonly vendors: readonly string[];
  readonly risks: readonly string[];
  /** `weeks before|step`. */
  readonly steps: readonly string[];
  readonly question: string;
  /** Rough least cost per head in USD, below which the plan says that money is short. */
  readonly leastUsdPerHead: number;
}
