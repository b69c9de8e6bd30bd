/** Written direction, joins and other marks nobody sees: they can turn the text around them. */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** More marks on one letter than any language has reach into the lines above and below. */
const PILED = /(\p{M}{2})\p{M}+/gu;

/** What joins pictures into one, and how they are to be painted: letters are black, and each picture stands by itself. */
const PICTURE_JOINS = /\u200d(?=\p{Extended_Pictographic})|[\ufe00-\ufe0f]/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

/** What others have written, as one line that cannot disturb the letter it stands in. */
export function plainText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(PICTURE_JOINS, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(PILED, '$1')
    .normalize('NFC')
    .trim();
}
