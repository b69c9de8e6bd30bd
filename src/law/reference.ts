/** The Acts and regulations the program applies, by the names used in letters and explanations. */
const LOV = {
  inkl: 'inkassoloven',
  inkf: 'inkassoforskriften',
  inkl2026: 'inkassoloven av 2026',
  frl: 'forsinkelsesrenteloven',
  gbl: 'gjeldsbrevlova',
  dl: 'domstolloven',
  fl: 'foreldelsesloven',
  tvfbl: 'tvangsfullbyrdelsesloven',
  rgl: 'rettsgebyrloven',
  kkl: 'konkursloven',
  hdl: 'helligdagsloven',
  bfl: 'bokføringsloven',
  fmva: 'merverdiavgiftsforskriften',
} as const;

export type Lov = keyof typeof LOV;

/** One place in one Act: the legal basis of a figure, a date or a refusal. */
export interface Hjemmel {
  readonly lov: Lov;
  /** The paragraph number without the sign, e.g. `1-2` or `3 a`. */
  readonly paragraph: string;
  /** What follows the number, e.g. `første ledd`. */
  readonly ledd?: string;
}

/** A place in an Act: `hjemmel('if', '1-2', 'første ledd')`. */
export function hjemmel(lov: Lov, paragraph: string, ledd?: string): Hjemmel {
  return ledd === undefined ? { lov, paragraph } : { lov, paragraph, ledd };
}

/** Cites places the way a Norwegian lawyer writes them: "inkassoloven §§ 9 og 10". */
export function cite(...places: readonly Hjemmel[]): string {
  const byLov = new Map<Lov, Hjemmel[]>();
  for (const place of places) byLov.set(place.lov, [...(byLov.get(place.lov) ?? []), place]);
  return joinNorwegian([...byLov].map(([lov, list]) => citeOneAct(LOV[lov], list)));
}

function citeOneAct(name: string, places: readonly Hjemmel[]): string {
  const numbers = places.map((p) => (p.ledd === undefined ? p.paragraph : `${p.paragraph} ${p.ledd}`));
  return `${name} ${places.length > 1 ? '§§' : '§'} ${joinNorwegian(numbers)}`;
}

/** "a", "a og b", "a, b og c". */
export function joinNorwegian(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} og ${parts.at(-1)}`;
}
