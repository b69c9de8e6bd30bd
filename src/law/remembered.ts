/** Answers kept at a time; with more it begins afresh. A register speaks of a few thousand days. */
const MOST_KEPT = 10_000;

/** A pure function that keeps its answers: a register of many thousand cases asks about the same days over and over. */
export function remembered<Asked extends string | number, Answer extends NonNullable<unknown>>(
  answer: (asked: Asked) => Answer,
): (asked: Asked) => Answer {
  const kept = new Map<Asked, Answer>();
  return (asked) => {
    const known = kept.get(asked);
    if (known !== undefined) return known;
    const found = answer(asked);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(asked, found);
    return found;
  };
}
