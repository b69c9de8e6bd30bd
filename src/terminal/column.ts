/** A column of a table in the terminal. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Longest text shown; longer is cut with an ellipsis. */
  readonly max?: number;
}
