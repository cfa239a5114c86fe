import { isCharacterKey, type Key, type KeyPress, matchesKey } from "./keys";

/** One thing that a person can do: the same object stands behind the key, the button and the key sheet. */
export interface Command {
  /** Unique among the commands on the screen, such as `jobs.pause`. */
  readonly id: string;
  /** Sentence case, no full stop: it is the button's text and the line in the key sheet. */
  readonly label: string;
  /** The heading in the key sheet. */
  readonly group: string;
  readonly keys: readonly Key[];
  readonly run: (event?: KeyboardEvent) => void;
  /** For a key that is held: called when it is let go. */
  readonly release?: () => void;
  /** False: neither the key nor the button does anything now. Left out: always. */
  readonly enabled?: boolean;
  /** Does holding the key down repeat the command? Left out: no. */
  readonly repeats?: boolean;
}

interface Layer {
  readonly commands: () => readonly Command[];
  /** True for a dialog over the page: what lies below it rests. */
  readonly covers: boolean;
}

export interface Options {
  /** May a key that types a character run a command? (WCAG 2.1.4: people can switch it off.) */
  readonly characterKeys: () => boolean;
  readonly warn?: (message: string) => void;
}

const TYPING_ROLES =
  "textbox searchbox combobox listbox option menu menuitem menuitemradio menuitemcheckbox slider spinbutton tab".split(
    " ",
  );
const PRESSING_ROLES = ["button", "link", "checkbox", "radio", "switch", "menuitem", "tab"];

const hasRole = (element: Element, roles: readonly string[]): boolean =>
  roles.includes(element.getAttribute("role") ?? "");

/** Is this where somebody types, picks or drags a handle? Keys belong to it then. */
const takesKeys = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || hasRole(target, TYPING_ROLES)) return true;
  return target.matches("input, textarea, select");
};

/** Does this key press the thing that has the focus? `data-keys="commands"` says: no, run the command. */
const pressesTarget = (event: KeyboardEvent): boolean => {
  if (!["Enter", "Space", "NumpadEnter"].includes(event.code)) return false;
  const { target } = event;
  if (!(target instanceof Element) || target.closest('[data-keys="commands"]')) return false;
  return target.matches("button, a[href], summary") || hasRole(target, PRESSING_ROLES);
};

/**
 * The commands of the screen, and the one place that turns a key into a command.
 *
 * Invariant: a key never runs two commands. Where two claim one key, neither runs and a warning names both.
 */
export class CommandRegistry {
  readonly #options: Options;
  readonly #warned = new Set<string>();
  #layers: readonly Layer[] = [];
  #held: { code: string; release: () => void } | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Adds commands (read anew at every key); returns what takes them away. */
  add(commands: () => readonly Command[], covers = false): () => void {
    const layer: Layer = { commands, covers };
    this.#layers = [...this.#layers, layer];
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** What can be done now: all commands from the topmost dialog on, else of the whole screen. */
  active(): readonly Command[] {
    const from = this.#layers.findLastIndex((layer) => layer.covers);
    return this.#layers.slice(Math.max(from, 0)).flatMap((layer) => layer.commands());
  }

  handleKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || takesKeys(event.target) || pressesTarget(event))
      return;
    const command = this.#only(this.#claimants(event), event.code);
    if (!command) return;
    event.preventDefault();
    if (event.repeat && !command.repeats) return;
    if (command.release) this.#hold(event.code, command.release);
    command.run(event);
  };

  handleKeyUp = (event: Pick<KeyboardEvent, "code">): void => {
    if (this.#held?.code === event.code) this.letGo();
  };

  /** Ends what a held key began; also when the window loses the focus and no key-up will come. */
  letGo = (): void => {
    this.#held?.release();
    this.#held = null;
  };

  #hold(code: string, release: () => void): void {
    this.letGo();
    this.#held = { code, release };
  }

  #claimants(press: KeyPress): Command[] {
    const characters = this.#options.characterKeys();
    const claims = (key: Key): boolean => matchesKey(key, press) && (characters || !isCharacterKey(key));
    return this.active().filter((command) => command.enabled !== false && command.keys.some(claims));
  }

  #only(claimants: readonly Command[], code: string): Command | undefined {
    if (claimants.length < 2) return claimants[0];
    const names = claimants.map((command) => command.id).join(", ");
    const message = `Key ${code} does nothing: it is claimed by ${names}.`;
    if (!this.#warned.has(message)) this.#options.warn?.(message);
    this.#warned.add(message);
    return undefined;
  }
}
