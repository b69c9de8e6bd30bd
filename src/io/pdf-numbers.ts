/** The first version of Chromium that can write in the margins of a page. */
export const PAGE_NUMBERS_FROM = 131;

/** What stands before and between the numbers, by the language of the letter. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  nb: ['Side', 'av'],
  nn: ['Side', 'av'],
  en: ['Page', 'of'],
};

/** The same letter with "Side 1 av 2" in the lower margin, which moves nothing on the page. `language`: BCP 47. */
export function withPageNumbers(html: string, language: string): string {
  const [page, of] = WORDS[language.slice(0, 2)] ?? ['Side', 'av'];
  const css =
    `@page { @bottom-right { content: "${page} " counter(page) " ${of} " counter(pages); ` +
    'font-size: 8pt; color: #444; } }';
  return html.replace('</head>', `<style>${css}</style></head>`);
}
