/** What is read of the argument parser's commands; theirs have more. */
export interface CommandLike {
  name(): string;
  summary(): string;
  description(): string;
  usage(): string;
  readonly commands: readonly CommandLike[];
  readonly options: readonly OptionLike[];
  readonly registeredArguments: readonly ArgumentLike[];
}

interface OptionLike {
  readonly flags: string;
  readonly description: string;
  readonly short?: string | undefined;
  readonly long?: string | undefined;
  readonly required: boolean;
  readonly optional: boolean;
  readonly hidden: boolean;
}

interface ArgumentLike {
  name(): string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
}

export interface FlagOutline {
  readonly flags: string;
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** The values it can have, where these are few and known. */
  readonly values: readonly string[];
  /** Whether the value is a file or a folder. */
  readonly isPath: boolean;
}

/** A command as help, completion and the man page tell it. */
export interface Outline {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly usage: string;
  readonly args: readonly { readonly name: string; readonly description: string; readonly isPath: boolean }[];
  readonly flags: readonly FlagOutline[];
  readonly commands: readonly Outline[];
}

export function outline(command: CommandLike): Outline {
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    description: command.description(),
    usage: command.usage(),
    args: command.registeredArguments.map((arg) => ({
      name: arg.name(),
      description: arg.description,
      isPath: isPath(arg.name()),
    })),
    flags: command.options.filter((option) => !option.hidden).map(flagOutline),
    commands: command.commands.map(outline),
  };
}

function flagOutline(option: OptionLike): FlagOutline {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1]?.replace('...', '') ?? '';
  return {
    flags: option.flags,
    names: [option.long, option.short].filter((name) => name !== undefined),
    description: option.description,
    takesValue: option.required || option.optional,
    values: /^[a-z0-9]+(\|[a-z0-9-]+)+$/.test(placeholder) ? placeholder.split('|') : namedValues(option),
    isPath: isPath(placeholder),
  };
}

/** "consumer, business eller public": a list of words with nothing else is a list of values. */
function namedValues({ description }: OptionLike): string[] {
  const list = /^[a-z][a-z0-9-]*(, [a-z][a-z0-9-]*)* (?:eller|or) [a-z][a-z0-9-]*$/;
  return list.test(description) ? description.split(/, | eller /) : [];
}

function isPath(placeholder: string): boolean {
  return /^(fil|mappe|file|folder|pdf)/.test(placeholder);
}
