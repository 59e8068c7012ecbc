/** Between the turns of a conversation; white space to every reader. */
export const TURN = '\f\n';

/** The first reading that the turns give, in their order: the newest comes first. */
export function firstTurn<T>(text: string, read: (turn: string) => T | undefined): T | undefined {
  for (const turn of text.split('\f')) {
    const found = read(turn);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many turns end before `index`. */
export function turnAt(text: string, index: number): number {
  let turn = 0;
  for (let at = text.indexOf('\f'); at >= 0 && at < index; at = text.indexOf('\f', at + 1)) turn += 1;
  return turn;
}
