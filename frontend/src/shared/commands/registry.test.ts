// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from "vitest";
import { type Command, CommandRegistry } from "./registry";

let characterKeys = true;
const warn = vi.fn();
let registry: CommandRegistry;

const command = (
  id: string,
  keys: string[],
  more: Partial<Command> = {},
): Command & { run: Mock<() => void> } => ({
  id,
  label: id,
  group: "Test",
  keys,
  ...more,
  run: vi.fn<() => void>(),
});

const press = (
  code: string,
  init: KeyboardEventInit = {},
  target: Element = document.body,
): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
};

const on = (html: string): Element => {
  document.body.innerHTML = html;
  const element = document.body.querySelector("[data-here]");
  if (!element) throw new Error("no [data-here]");
  return element;
};

beforeEach(() => {
  characterKeys = true;
  warn.mockReset();
  registry = new CommandRegistry({ characterKeys: () => characterKeys, warn });
  window.addEventListener("keydown", registry.handleKeyDown);
});

afterEach(() => {
  window.removeEventListener("keydown", registry.handleKeyDown);
  document.body.innerHTML = "";
});

describe("a key", () => {
  it("runs the command that it is listed for, and is used up", () => {
    const undo = command("undo", ["KeyZ", "Mod+KeyZ"]);
    registry.add(() => [undo]);
    expect(press("KeyZ").defaultPrevented).toBe(true);
    press("KeyZ", { ctrlKey: true });
    expect(undo.run).toHaveBeenCalledTimes(2);
  });

  it("does nothing once its part of the screen is gone", () => {
    const undo = command("undo", ["KeyZ"]);
    registry.add(() => [undo])();
    expect(press("KeyZ").defaultPrevented).toBe(false);
    expect(undo.run).not.toHaveBeenCalled();
  });

  it("does nothing while its command is switched off", () => {
    const undo = command("undo", ["KeyZ"], { enabled: false });
    registry.add(() => [undo]);
    expect(press("KeyZ").defaultPrevented).toBe(false);
    expect(undo.run).not.toHaveBeenCalled();
  });

  it("runs once while it is held, unless the command says it repeats", () => {
    const submit = command("submit", ["Enter"]);
    const move = command("move", ["ArrowLeft"], { repeats: true });
    registry.add(() => [submit, move]);
    press("Enter");
    press("Enter", { repeat: true });
    press("ArrowLeft", { repeat: true });
    expect(submit.run).toHaveBeenCalledTimes(1);
    expect(move.run).toHaveBeenCalledTimes(1);
  });

  it("is left to an input method that is composing a letter", () => {
    const undo = command("undo", ["KeyZ"]);
    registry.add(() => [undo]);
    press("KeyZ", { isComposing: true });
    expect(undo.run).not.toHaveBeenCalled();
  });
});

describe("a key that two commands claim", () => {
  it("runs neither and warns once, naming both", () => {
    const [one, two] = [command("one", ["KeyX"]), command("two", ["KeyX"])];
    registry.add(() => [one]);
    registry.add(() => [two]);
    press("KeyX");
    press("KeyX");
    expect(one.run).not.toHaveBeenCalled();
    expect(two.run).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("one, two"));
  });

  it("runs the one that is switched on", () => {
    const [one, two] = [command("one", ["KeyX"], { enabled: false }), command("two", ["KeyX"])];
    registry.add(() => [one, two]);
    press("KeyX");
    expect(two.run).toHaveBeenCalledOnce();
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("where somebody types", () => {
  it.each([
    "<input data-here>",
    "<textarea data-here></textarea>",
    "<select data-here></select>",
    '<div role="textbox" data-here></div>',
    '<div role="slider" tabindex="0" data-here></div>',
    '<div role="menu" tabindex="-1" data-here></div>',
    '<button role="menuitemradio" data-here></button>',
    '<input type="checkbox" data-here>',
  ])("no command runs: %s", (html) => {
    const [letter, undo, close] = [
      command("x", ["KeyX"]),
      command("z", ["Mod+KeyZ"]),
      command("c", ["Escape"]),
    ];
    registry.add(() => [letter, undo, close]);
    const target = on(html);
    press("KeyX", {}, target);
    press("KeyZ", { ctrlKey: true }, target);
    press("Escape", {}, target);
    for (const { run } of [letter, undo, close]) expect(run).not.toHaveBeenCalled();
  });

  it.each([
    "<button data-here>Send</button>",
    '<a href="/jobs" data-here>Jobs</a>',
    '<div role="button" tabindex="0" data-here></div>',
  ])("Enter and Space press what has the focus, letters still command: %s", (html) => {
    const [submit, mark, letter] = [command("s", ["Enter"]), command("m", ["Space"]), command("x", ["KeyX"])];
    registry.add(() => [submit, mark, letter]);
    const target = on(html);
    press("Enter", {}, target);
    press("Space", {}, target);
    press("KeyX", {}, target);
    expect(submit.run).not.toHaveBeenCalled();
    expect(mark.run).not.toHaveBeenCalled();
    expect(letter.run).toHaveBeenCalledOnce();
  });

  it("a part that says so gives Enter and Space to the commands", () => {
    const submit = command("submit", ["Enter"]);
    registry.add(() => [submit]);
    press("Enter", {}, on('<div data-keys="commands"><button data-here>Picture 1, right</button></div>'));
    expect(submit.run).toHaveBeenCalledOnce();
  });
});

describe("a dialog", () => {
  it("lets the commands below rest until it is gone", () => {
    const [below, own] = [command("below", ["KeyX"]), command("own", ["KeyS"])];
    registry.add(() => [below]);
    const close = registry.add(() => [own], true);
    press("KeyX");
    press("KeyS");
    expect(below.run).not.toHaveBeenCalled();
    expect(own.run).toHaveBeenCalledOnce();
    close();
    press("KeyX");
    expect(below.run).toHaveBeenCalledOnce();
  });
});

describe("keys that type a character", () => {
  it("can be switched off; the others go on", () => {
    const [wrong, submit] = [command("wrong", ["KeyX", "Space"]), command("submit", ["Enter"])];
    registry.add(() => [wrong, submit]);
    characterKeys = false;
    press("KeyX");
    expect(wrong.run).not.toHaveBeenCalled();
    press("Space");
    press("Enter");
    expect(wrong.run).toHaveBeenCalledOnce();
    expect(submit.run).toHaveBeenCalledOnce();
  });
});

describe("a held key", () => {
  it("ends when it is let go, and only then", () => {
    const release = vi.fn();
    registry.add(() => [command("look", ["KeyC"], { release })]);
    press("KeyC");
    registry.handleKeyUp({ code: "KeyX" });
    expect(release).not.toHaveBeenCalled();
    registry.handleKeyUp({ code: "KeyC" });
    registry.letGo();
    expect(release).toHaveBeenCalledOnce();
  });

  it("ends when the window loses the focus, since no key-up will come", () => {
    const release = vi.fn();
    registry.add(() => [command("look", ["KeyC"], { release })]);
    press("KeyC");
    registry.letGo();
    expect(release).toHaveBeenCalledOnce();
  });
});
