import { describe, expect, it } from 'vitest';
import { csv } from '../../src/tasks/csv.js';

const BOM = '\ufeff';

function cell(text: string): string {
  return csv({ columns: ['a', 'b'], rows: [[text, 1]] })
    .split('\n')
    .slice(1)
    .join('\n');
}

describe('a cell', () => {
  it.each([
    ['=1+1', `'=1+1;1`],
    ['+47 22', `'+47 22;1`],
    ['-5', `'-5;1`],
    ['@SUM(A1)', `'@SUM(A1);1`],
    ['\t=1', `' =1;1`],
    ['\r=1', `' =1;1`],
    ['\n=1', `' =1;1`],
    ['  =1', `'  =1;1`],
    ['＝1', `'＝1;1`],
    ['＋1', `'＋1;1`],
    ['－1', `'－1;1`],
    ['＠A', `'＠A;1`],
    ['﹣1', `'﹣1;1`],
    ['−1', `'−1;1`],
    ['\u00a0=1', `'\u00a0=1;1`],
    ['\u200b=1', `'\u200b=1;1`],
    ['"=1"', `"'""=1""";1`],
    ["'=1", `''=1;1`],
    ['a=1', 'a=1;1'],
    ['Øl & Åpent AS', 'Øl & Åpent AS;1'],
    ['a;b', '"a;b";1'],
    ['a"b', '"a""b";1'],
    ['a\r\nb', 'a b;1'],
    ['a\u0007b', 'a b;1'],
  ])('%j is written as %j', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  it('with an amount is a plain number in kroner, also a negative one', () => {
    const amounts = [0, 5, -5, 123_456_789, -100];
    const text = csv({ columns: ['Beløp'], rows: amounts.map((ore) => [{ ore }]) });
    expect(text).toBe(`${BOM}Beløp\n0,00\n0,05\n-0,05\n1234567,89\n-1,00`);
  });

  it('with nothing is empty, and a number has a comma', () => {
    expect(csv({ columns: ['a', 'b'], rows: [[null, 1.5]] })).toBe(`${BOM}a;b\n;1,5`);
  });
});

it('a table without rows has its titles', () => {
  expect(csv({ columns: ['a', 'b'], rows: [] })).toBe(`${BOM}a;b`);
});
