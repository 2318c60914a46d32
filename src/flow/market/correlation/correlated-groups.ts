/**
 * Correlations come in; groups of two or more go out in which every pair correlates by `least` or more, either way: a short of what moves
 * against it is the same bet. Complete linkage: the two groups whose weakest pair is strongest join first, and by their order in a tie.
 */
export function correlatedGroups(correlations: readonly (readonly number[])[], least: number): readonly (readonly number[])[] {
  const size = correlations.length;
  const groups = new Map<number, number[]>(correlations.map((_, at) => [at, [at]]));
  // How strongly the weakest pair of two groups correlates; each pair once, under the lower number.
  const linkage = new Map<number, number>();
  const key = (one: number, other: number): number => (one < other ? one * size + other : other * size + one);
  for (let one = 0; one < size; one++)
    for (let other = one + 1; other < size; other++) {
      const strength = Math.abs(correlations[one]?.[other] ?? 0);
      if (strength >= least) linkage.set(key(one, other), strength);
    }
  while (linkage.size > 0) {
    const [strongest] = [...linkage].reduce((best, next) =>
      next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
    );
    const [one, other] = [Math.floor(strongest / size), strongest % size];
    groups.set(one, [...(groups.get(one) ?? []), ...(groups.get(other) ?? [])]);
    groups.delete(other);
    linkage.delete(strongest);
    for (const third of groups.keys()) {
      if (third === one) continue;
      const [a, b] = [linkage.get(key(one, third)), linkage.get(key(other, third))];
      linkage.delete(key(other, third));
      // A pair that was not strong enough is not in the list, and then the two may not join.
      if (a === undefined || b === undefined) linkage.delete(key(one, third));
      else linkage.set(key(one, third), Math.min(a, b));
    }
  }
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.toSorted((a, b) => a - b));
}
