/** Markup that is safe to put in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | null | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as markup; control characters, which no page may hold, are left out. */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

/** A piece of a page: every value put into it is escaped unless it is markup itself. */
export function html(pieces: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(pieces.reduce((all, piece, index) => all + written(values[index - 1]) + piece));
}

function written(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(String(value));
}

/** What people wrote, kept from turning the text around it. */
export function words(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** A column: its title, and whether it holds figures. */
export interface HtmlColumn {
  readonly title: string;
  readonly figures?: boolean;
}

/** A table whose first column names the rows. `last` marks the last row as their sum. */
export function htmlTable(
  caption: string,
  columns: readonly HtmlColumn[],
  rows: readonly (readonly (string | number | Html)[])[],
  last: 'sum' | 'row' = 'row',
): Html {
  const head = columns.map(
    ({ title, figures }) => html`<th scope="col" ${figures === true ? FIGURE : null}>${title}</th>`,
  );
  const body = rows.map((row, index) => {
    const sum = last === 'sum' && index === rows.length - 1;
    const cells = row.map((cell, column) =>
      column === 0
        ? html`<th scope="row" ${columns[0]?.figures === true ? FIGURE : null}>${cell}</th>`
        : html`<td${columns[column]?.figures === true ? FIGURE : null}>${cell}</td>`,
    );
    return html`<tr${sum ? SUM : null}>${cells}</tr>`;
  });
  const short = rows.length <= ONE_PAGE ? SHORT : null;
  return html`<table${short}>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

const FIGURE = new Html(' class="figure"');
const SHORT = new Html(' class="short"');
/** A table of so few rows is kept on one page. */
const ONE_PAGE = 16;
const SUM = new Html(' class="sum"');
