import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Desk, PROGRAM, shareBrowser } from './support/cli.js';
import { layInvoices, typed } from './support/transcript.js';

shareBrowser();
const STORIES = join(PROGRAM, 'examples', 'historier');

describe('the story', () => {
  it.each(readdirSync(STORIES))('%s goes as it is told', async (story) => {
    const desk = new Desk();
    layInvoices(desk);
    const lines = readFileSync(join(STORIES, story, 'commands.txt'), 'utf8').split('\n');
    const parts: string[] = [];
    for (const line of lines.filter((each) => each !== ''))
      parts.push(line.startsWith('#') ? `${line}\n` : await typed(desk, line));
    await expect(parts.join('\n')).toMatchFileSnapshot(join(STORIES, story, 'expected.txt'));
  });
});
