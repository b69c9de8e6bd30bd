/** What a mistyped word was probably meant as: the choices fewest keystrokes away, when they are few enough. */
function near(word: string, choices: readonly string[]): readonly string[] {
  const typed = word.toLowerCase();
  const scored = choices.map((choice) => ({ choice, away: keystrokes(typed, choice.toLowerCase()) }));
  const least = Math.min(...scored.map(({ away }) => away));
  if (least === 0) return [];
  return scored
    .filter(
      ({ choice, away }) => away === least && away <= Math.max(1, Math.max(word.length, choice.length) * 0.4),
    )
    .map(({ choice }) => choice)
    .slice(0, 3);
}

/** "Mente du run?"; null where nothing is near. */
export function meant(word: string, choices: readonly string[]): string | null {
  const found = near(word, choices);
  return found.length === 0 ? null : `Mente du ${found.join(' eller ')}?`;
}

/** Letters to put in, take out or change, or neighbours to swap, to make one word of the other. */
function keystrokes(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        ...(swapped ? [(beforeLast[column - 2] ?? 0) + 1] : []),
      );
    }
    beforeLast = last;
    last = now;
  }
  return last[b.length] ?? 0;
}
