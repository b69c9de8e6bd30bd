import { describe, expect, it } from 'vitest';
import { remembered } from '../../src/law/remembered.js';

describe('an answer that is remembered', () => {
  it('is worked out once for each thing that is asked, also where it is nothing', () => {
    const asked: string[] = [];
    const lengthOf = remembered((text: string) => asked.push(text) && text.length);
    expect(['ab', 'ab', '', 'abc', ''].map(lengthOf)).toEqual([2, 2, 0, 3, 0]);
    expect(asked).toEqual(['ab', '', 'abc']);
  });

  it('is the same when more has been asked than is kept', () => {
    let worked = 0;
    const doubled = remembered((number: number) => {
      worked += 1;
      return 2 * number;
    });
    const numbers = Array.from({ length: 15_000 }, (_each, number) => number);
    for (const answers of [numbers.map(doubled), numbers.map(doubled)])
      expect(answers).toEqual(numbers.map((number) => 2 * number));
    // Forgotten on the way: no register makes it grow without end.
    expect(worked).toBeGreaterThan(15_000);
  });
});
