import { TextInput } from "@mantine/core";
import { IconHelp, IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from "react";
import { Keys } from "@/shared/commands/Keys";
import { ariaKey } from "@/shared/commands/keys";
import type { Command } from "@/shared/commands/registry";
import { counted } from "@/shared/lib/format";
import { type AnyMark, named, saidBy } from "../model/batch";
import classes from "./Choices.module.css";
import type { CorrectCommands } from "./commands";
import { found, KEYED, markOf, NONE_OF_THESE, type Option } from "./options";
import type { Correcting } from "./useCorrecting";

/** So many answers of a search are shown; a longer word finds the others. */
const MOST_FOUND = 50;

const Choice = ({
  command,
  chosen,
  icon,
  children,
}: {
  command: Command;
  chosen: boolean;
  icon?: ReactNode;
  children: ReactNode;
}) => (
  <button
    type="button"
    className={classes.choice}
    aria-pressed={chosen}
    aria-keyshortcuts={command.keys.map(ariaKey).join(" ")}
    disabled={command.enabled === false}
    // A click leaves the focus alone: Enter is for the batch, never for this answer again.
    onMouseDown={(event) => event.preventDefault()}
    onClick={() => command.run()}
  >
    <Keys of={command.keys[0] ?? ""} />
    <span className={classes.name}>{children}</span>
    {icon}
  </button>
);

const NewMark = () => <span className={classes.hint}>new class</span>;

/** The answers with a number key. */
const Keyed = ({ correcting, commands }: { correcting: Correcting; commands: CorrectCommands }) => (
  <ul className={classes.list} aria-label="What it may be">
    {commands.numbered.map((command, index) => {
      const option = correcting.options[index];
      return (
        option && (
          <li key={option.value}>
            <Choice
              command={command}
              chosen={saidBy(correcting.mark) === option.value}
              icon={option.isNew && <NewMark />}
            >
              {option.name}
            </Choice>
          </li>
        )
      );
    })}
  </ul>
);

interface FoundProps {
  readonly id: string;
  readonly options: readonly Option[];
  readonly at: number;
  readonly mark: AnyMark;
  readonly choose: (option: Option) => void;
}

const Found = ({ id, options, at, mark, choose }: FoundProps) => (
  <div className={classes.list} role="listbox" id={id} aria-label="Classes found">
    {options.slice(0, MOST_FOUND).map((option, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above
      <div
        key={option.value}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        data-chosen={saidBy(mark) === option.value}
        className={classes.found}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => choose(option)}
      >
        {option.isNew && <IconPlus size={16} aria-hidden />}
        <span className={classes.name}>{option.name}</span>
        {option.isNew && <NewMark />}
      </div>
    ))}
  </div>
);

interface ChoicesProps {
  readonly correcting: Correcting;
  readonly commands: CorrectCommands;
  readonly allowNew: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** The field that searches all classes: arrows choose, Enter answers, Escape goes back to the keys. */
const useSearch = ({ correcting, allowNew, field }: Omit<ChoicesProps, "commands">) => {
  const { query, setQuery, options, choose } = correcting;
  const [at, setAt] = useState(0);
  const matches = query === "" ? [] : found(query, options, allowNew).slice(0, MOST_FOUND);
  const type = (text: string) => {
    setQuery(text);
    setAt(0);
  };
  const take = (option: Option) => {
    field.current?.blur();
    type("");
    choose(markOf(option));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const option = matches[at];
    if (move !== 0) setAt(Math.max(0, Math.min(matches.length - 1, at + move)));
    else if (event.key === "Enter" && option) take(option);
    else if (event.key === "Escape") {
      type("");
      field.current?.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { at, matches, type, take, onKeyDown };
};

const restOf = (more: number): string =>
  more > 0 ? `Search ${counted(more, "other class", "other classes")}` : "Search the classes";

/** All that can be said of the picture: the likeliest under number keys, the others by a search. */
export const Choices = ({ correcting, commands, allowNew, field }: ChoicesProps) => {
  const { query, options, mark, able } = correcting;
  const search = useSearch({ correcting, allowNew, field });
  const list = useId();
  const { none, unsure } = commands.answer;
  return (
    <section className={classes.panel} aria-label="Answers">
      <TextInput
        ref={field}
        className={classes.search}
        aria-label="Search all classes"
        placeholder={restOf(options.length - KEYED)}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Keys of="/" />}
        autoComplete="off"
        disabled={!able}
        role="combobox"
        aria-expanded={query !== ""}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={search.matches.length > 0 ? `${list}-${search.at}` : undefined}
        value={query}
        onChange={(event) => search.type(event.currentTarget.value)}
        onKeyDown={search.onKeyDown}
      />
      {query === "" ? (
        <Keyed correcting={correcting} commands={commands} />
      ) : (
        <Found id={list} options={search.matches} at={search.at} mark={mark} choose={search.take} />
      )}
      {query !== "" && search.matches.length === 0 && (
        <p className={classes.nothing} role="status">
          No class of this dataset is called that.
        </p>
      )}
      <div className={classes.others}>
        <Choice command={none} chosen={mark === named(NONE_OF_THESE)} icon={<IconX size={16} aria-hidden />}>
          {none.label}
        </Choice>
        <Choice command={unsure} chosen={mark === "unsure"} icon={<IconHelp size={16} aria-hidden />}>
          {unsure.label}
        </Choice>
      </div>
    </section>
  );
};
