import type { FlagOutline, Outline } from './outline.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** How to put a completion to use, for each shell. */
export const INSTALL: Readonly<Record<Shell, string>> = {
  bash: 'inkasso completion bash > ~/.local/share/bash-completion/completions/inkasso',
  zsh: 'inkasso completion zsh > "$fpath[1]/_inkasso"',
  fish: 'inkasso completion fish > ~/.config/fish/completions/inkasso.fish',
};

/** A script that completes commands, flags and values, made from the program's own commands. */
export function completion(shell: Shell, program: Outline): string {
  return { bash, zsh, fish }[shell](program);
}

/** A place in the command line: after which words, and what can stand there. */
interface Place {
  readonly path: readonly string[];
  readonly command: Outline;
}

function places(command: Outline, path: readonly string[] = []): Place[] {
  return [{ path, command }, ...command.commands.flatMap((each) => places(each, [...path, each.name]))];
}

/** In double or no quotes nothing from the program's own texts may be obeyed by a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function valueFlags(program: Outline): FlagOutline[] {
  return places(program).flatMap(({ command }) => command.flags.filter((flag) => flag.takesValue));
}

// ---- bash

function bash(program: Outline): string {
  const takesValue = [...new Set(valueFlags(program).flatMap((flag) => flag.names))].join('|');
  const words = places(program).map(({ path, command }) => {
    const flags = [...command.flags, ...(path.length === 0 ? [] : program.flags)].flatMap(
      (flag) => flag.names,
    );
    const files = command.args.some((arg) => arg.isPath) ? ' files=1' : '';
    const choices = [...command.commands.map((each) => each.name), ...flags].join(' ');
    return `    ${quoted(path.join(' '))}) words=${quoted(choices)}${files} ;;`;
  });
  const values = places(program).flatMap(({ path, command }) =>
    command.flags.flatMap((flag) =>
      flag.names.flatMap((name) =>
        flag.values.length > 0
          ? [`    ${quoted(`${path.join(' ')}:${name}`)}) words=${quoted(flag.values.join(' '))} ;;`]
          : flag.isPath
            ? [`    ${quoted(`${path.join(' ')}:${name}`)}) files=1 ;;`]
            : [],
      ),
    ),
  );
  const known = places(program)
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => quoted(path.join(' ')))
    .join('|');
  return `# Fullføring for inkasso i bash. Laget av «inkasso completion bash».
_inkasso() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local place='' words='' files='' word next index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in
    ${takesValue}) ((index++)); continue ;;
    -*) continue ;;
    esac
    next="\${place:+$place }$word"
    case "$next" in
    ${known}) place="$next" ;;
    esac
  done
  case "$previous" in
  ${takesValue})
    case "$place:$previous" in
${values.join('\n')}
    *:--db) files=1 ;;
    esac
    ;;
  *)
    case "$place" in
${words.join('\n')}
    esac
    ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files && $current != -* ]]; then
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _inkasso inkasso`;
}

// ---- zsh

/** In the lists of _describe and _arguments, colons and brackets mean something. */
function described(name: string, text: string): string {
  return quoted(`${name.replaceAll(':', '\\:')}:${text.replaceAll(':', '\\:')}`);
}

function zshFlag(flag: FlagOutline): string[] {
  const text = flag.description.replace(/[[\]]/g, (bracket) => `\\${bracket}`).replaceAll(':', '\\:');
  const value = !flag.takesValue
    ? ''
    : flag.values.length > 0
      ? `:verdi:(${flag.values.join(' ')})`
      : flag.isPath
        ? ':fil:_files'
        : ':verdi:';
  return flag.names.map((name) => quoted(`${name}[${text}]${value}`));
}

function zsh(program: Outline): string {
  const functions = places(program).map(({ path, command }) => {
    const name = ['_inkasso', ...path].join('_').replaceAll('-', '_');
    const flags = [...command.flags, ...(path.length === 0 ? [] : program.flags)].flatMap(zshFlag);
    if (command.commands.length === 0) {
      const files = command.args.some((arg) => arg.isPath) ? " '*:fil:_files'" : '';
      return `${name}() {\n  _arguments ${flags.join(' ')}${files}\n}`;
    }
    const choices = command.commands.map((each) => described(each.name, each.summary)).join(' ');
    const next = command.commands
      .map((each) => `      ${each.name}) ${name}_${each.name.replaceAll('-', '_')} ;;`)
      .join('\n');
    return `${name}() {
  local line state
  local -a commands
  commands=(${choices})
  _arguments -C ${flags.join(' ')} '1:kommando:->command' '*::arg:->rest'
  case $state in
    command) _describe 'kommando' commands ;;
    rest)
      case $line[1] in
${next}
      esac
      ;;
  esac
}`;
  });
  return `#compdef inkasso
# Fullføring for inkasso i zsh. Laget av «inkasso completion zsh».
${functions.join('\n')}
if [[ $funcstack[1] == _inkasso ]]; then
  _inkasso "$@"
else
  compdef _inkasso inkasso
fi`;
}

// ---- fish

function fishFlag(condition: string, flag: FlagOutline): string {
  const names = flag.names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value = !flag.takesValue
    ? ''
    : flag.values.length > 0
      ? ` -x -a ${fishQuoted(flag.values.join(' '))}`
      : flag.isPath
        ? ' -r -F'
        : ' -x';
  return `complete -c inkasso${condition} ${names.join(' ')}${value} -d ${fishQuoted(flag.description)}`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function fish(program: Outline): string {
  const lines = places(program).flatMap(({ path, command }) => {
    const [verb, ...rest] = path;
    const inner = command.commands.map((each) => each.name).join(' ');
    const here =
      verb === undefined
        ? '__fish_use_subcommand'
        : rest.length === 0
          ? `__fish_seen_subcommand_from ${verb}`
          : `__fish_seen_subcommand_from ${verb}; and __fish_seen_subcommand_from ${rest.join(' ')}`;
    const before =
      inner === '' || verb === undefined ? here : `${here}; and not __fish_seen_subcommand_from ${inner}`;
    const on = verb === undefined ? '' : ` -n '${here}'`;
    return [
      ...command.commands.map(
        (each) => `complete -c inkasso -n '${before}' -a ${each.name} -d ${fishQuoted(each.summary)}`,
      ),
      ...(command.args.some((arg) => arg.isPath) ? [`complete -c inkasso -n '${here}' -F`] : []),
      ...command.flags.map((flag) => fishFlag(on, flag)),
    ];
  });
  return `# Fullføring for inkasso i fish. Laget av «inkasso completion fish».
complete -c inkasso -f
${lines.join('\n')}`;
}
