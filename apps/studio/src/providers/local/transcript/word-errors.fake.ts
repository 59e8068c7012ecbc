/** Substitutions, insertions and deletions between what was said and what was heard. For specs only. */
export function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  said.forEach((word, at) => {
    let diagonal = at;
    let left = at + 1;
    row = row.map((above, index) => {
      const here = Math.min(above + 1, left + 1, diagonal + (heard[index] === word ? 0 : 1));
      diagonal = above;
      left = here;
      return here;
    });
  });
  return row.at(-1) ?? said.length;
}
