/**
 * How a key is written, matched and shown.
 *
 * A key is text such as `KeyZ`, `Shift+KeyZ`, `Mod+Enter`, `Numpad5`, `Digit0`, `ArrowLeft` or `?`.
 * A name is the *physical* key (`KeyboardEvent.code`), so that other layouts keep the place under the
 * finger. One character is what the key *types* (`KeyboardEvent.key`), for signs that wander between
 * layouts; Shift and AltGr are then part of typing it. `Mod` is Ctrl, or Cmd on a Mac.
 */
export type Key = string;

export interface Chord {
  readonly main: string;
  readonly shift: boolean;
  readonly mod: boolean;
  readonly alt: boolean;
}

export type KeyPress = Pick<
  KeyboardEvent,
  "code" | "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "getModifierState"
>;

export const parseKey = (key: Key): Chord => {
  const parts = key === "+" ? ["+"] : key.split("+");
  const main = parts.at(-1) ?? "";
  const modifiers = new Set(parts.slice(0, -1));
  return {
    main,
    shift: modifiers.has("Shift"),
    mod: modifiers.has("Mod"),
    alt: modifiers.has("Alt"),
  };
};

const isSign = (main: string): boolean => main.length === 1;

const matchesSign = (chord: Chord, press: KeyPress): boolean => {
  const altGr = press.getModifierState("AltGraph");
  const control = !altGr && (press.ctrlKey || press.metaKey);
  const alt = !altGr && press.altKey;
  return (
    press.key === chord.main && !press.code.startsWith("Numpad") && control === chord.mod && alt === chord.alt
  );
};

export const matchesKey = (key: Key, press: KeyPress): boolean => {
  const chord = parseKey(key);
  if (isSign(chord.main)) return matchesSign(chord, press);
  return (
    press.code === chord.main &&
    press.shiftKey === chord.shift &&
    (press.ctrlKey || press.metaKey) === chord.mod &&
    press.altKey === chord.alt
  );
};

/**
 * Does this key type a character by itself? Those are the keys that WCAG 2.1.4 lets people switch off:
 * a letter, digit, sign or number pad digit without Ctrl, Alt or Cmd. Space and Enter are not among them.
 */
export const isCharacterKey = (key: Key): boolean => {
  const { main, mod, alt } = parseKey(key);
  if (mod || alt) return false;
  return isSign(main) || /^(Key[A-Z]|Digit\d|Numpad(\d|Add|Subtract|Multiply|Divide|Decimal))$/.test(main);
};

const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const NAMES: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  NumpadAdd: "pad +",
  NumpadSubtract: "pad -",
  NumpadMultiply: "pad *",
  NumpadDivide: "pad /",
  NumpadEnter: "pad Enter",
  PageUp: "Page up",
  PageDown: "Page down",
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
  Period: ".",
};

const mainLabel = (main: string): string =>
  NAMES[main] ?? main.replace(/^Numpad(?=\d)/, "pad ").replace(/^(Key|Digit)(?=.$)/, "");

/** The caps to draw for a key, in order: `["Shift", "Z"]`. */
export const keyCaps = (key: Key): string[] => {
  const { main, shift, mod, alt } = parseKey(key);
  return [
    ...(mod ? [isMac() ? "Cmd" : "Ctrl"] : []),
    ...(alt ? ["Alt"] : []),
    ...(shift ? ["Shift"] : []),
    mainLabel(main),
  ];
};

const ARIA_NAMES: Record<string, string> = { Period: ".", Comma: ",", NumpadAdd: "Plus" };

/** The value of `aria-keyshortcuts`, which names keys as `KeyboardEvent.key` does. */
export const ariaKey = (key: Key): string => {
  const { main, shift, mod, alt } = parseKey(key);
  const name = ARIA_NAMES[main] ?? main.replace(/^(Key|Digit|Numpad)/, "");
  const modifiers = [
    ...(mod ? [isMac() ? "Meta" : "Control"] : []),
    ...(alt ? ["Alt"] : []),
    ...(shift ? ["Shift"] : []),
  ];
  return [...modifiers, name].join("+");
};
