import { describe, expect, it } from 'vitest';
import { cite, hjemmel, joinNorwegian } from '../../src/law/reference.js';
import { because, citeRule, refuse, RULES, type RuleId } from '../../src/law/rules.js';

describe('cite', () => {
  it.each([
    [[hjemmel('inkl', '9')], 'inkassoloven § 9'],
    [[hjemmel('inkl', '9'), hjemmel('inkl', '10')], 'inkassoloven §§ 9 og 10'],
    [[hjemmel('inkf', '1-2', 'første ledd')], 'inkassoforskriften § 1-2 første ledd'],
    [
      [hjemmel('frl', '3 a'), hjemmel('inkf', '1-5')],
      'forsinkelsesrenteloven § 3 a og inkassoforskriften § 1-5',
    ],
    [
      [hjemmel('inkl', '9'), hjemmel('inkl', '10'), hjemmel('dl', '148', 'første ledd')],
      'inkassoloven §§ 9 og 10 og domstolloven § 148 første ledd',
    ],
    [
      [hjemmel('inkl', '9'), hjemmel('dl', '148'), hjemmel('inkl', '10')],
      'inkassoloven §§ 9 og 10 og domstolloven § 148',
    ],
    [
      [hjemmel('inkl', '8'), hjemmel('inkl', '9'), hjemmel('inkl', '10', 'andre ledd')],
      'inkassoloven §§ 8, 9 og 10 andre ledd',
    ],
    [[], ''],
  ])('%j → %s', (places, expected) => {
    expect(cite(...places)).toBe(expected);
  });
});

describe('joinNorwegian', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a og b'],
    [['a', 'b', 'c'], 'a, b og c'],
  ])('%j → %s', (parts, expected) => {
    expect(joinNorwegian(parts)).toBe(expected);
  });
});

describe('the rules and their paragraphs', () => {
  const ids = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

  it('are all there', () => {
    const expected = [
      ...ids('F', 10),
      ...ids('I', 9),
      ...ids('D', 7),
      ...ids('L', 9),
      ...ids('S', 9),
      ...ids('P', 5),
      ...ids('W', 3),
      ...ids('G', 3),
    ];
    for (const id of expected) expect(Object.keys(RULES)).toContain(id);
  });

  // Where the law says what the rule says; the paragraph a lawyer would look up.
  it.each<[RuleId, string]>([
    ['F1', 'inkassoforskriften §§ 1-1 tredje ledd og 1-2 fjerde ledd'],
    ['F2', 'inkassoforskriften § 1-2'],
    ['F3', 'inkassoforskriften § 1-2 første ledd'],
    ['F4', 'inkassoforskriften § 1-2 tredje ledd'],
    ['F5', 'inkassoforskriften § 1-3 første ledd'],
    ['F6', 'inkassoforskriften § 1-3 første ledd'],
    ['F7', 'inkassoforskriften § 1-3 andre ledd'],
    ['F9', 'forsinkelsesrenteloven § 3 a og inkassoforskriften § 1-5'],
    ['F10', 'inkassoloven § 17 andre ledd'],
    ['I1', 'forsinkelsesrenteloven § 3 første ledd'],
    ['I3', 'forsinkelsesrenteloven § 2 første ledd'],
    ['D2', 'inkassoloven §§ 9 og 10 og domstolloven § 148 første ledd'],
    ['D4', 'gjeldsbrevlova § 5 andre ledd'],
    ['D5', 'helligdagsloven § 2'],
    ['L3', 'inkassoloven § 10 første ledd'],
    ['L4', 'inkassoloven § 9'],
    ['L5', 'inkassoloven § 10 andre ledd'],
    ['L9', 'inkassoloven § 3 a'],
    ['W1', 'foreldelsesloven §§ 2 og 3'],
    ['W3', 'rettsgebyrloven § 6 a'],
    ['G1', 'inkassoloven av 2026 §§ 20 og 21'],
  ])('%s: %s', (rule, expected) => {
    expect(citeRule(rule)).toBe(expected);
  });

  it('claim no paragraph where no statute states them', () => {
    for (const rule of ['D1', 'D3', 'S9', 'P1', 'P3', 'P4', 'P5', 'G3'] as const) {
      expect(citeRule(rule), rule).not.toBe('');
      expect(citeRule(rule), rule).not.toContain('§');
    }
  });

  it('are all cited', () => {
    for (const rule of Object.keys(RULES) as RuleId[]) {
      expect(citeRule(rule), rule).toMatch(typeof RULES[rule] === 'string' ? /^\S.*\S$/ : /§/);
    }
  });

  it('go with every reason and every no', () => {
    expect(because('D5', 'Det er en helligdag.')).toEqual({
      rule: 'D5',
      hjemmel: 'helligdagsloven § 2',
      text: 'Det er en helligdag.',
    });
    expect(refuse('D5', 'Nei.').until).toBeNull();
    expect(refuse('D5', 'Nei.', '2026-08-17').until).toBe('2026-08-17');
  });
});
