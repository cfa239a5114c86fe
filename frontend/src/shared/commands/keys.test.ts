// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { ariaKey, isCharacterKey, keyCaps, matchesKey } from "./keys";

const press = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent("keydown", init);

describe("matchesKey", () => {
  it("reads a letter by its place on the keyboard, whatever it types", () => {
    expect(matchesKey("KeyZ", press({ code: "KeyZ", key: "y" }))).toBe(true);
    expect(matchesKey("KeyZ", press({ code: "KeyY", key: "z" }))).toBe(false);
  });

  it("reads a sign by what it types, since signs wander between layouts", () => {
    expect(matchesKey("?", press({ code: "Minus", key: "?", shiftKey: true }))).toBe(true);
    expect(matchesKey("/", press({ code: "Digit7", key: "/", shiftKey: true }))).toBe(true);
  });

  it("takes AltGr as part of typing a sign", () => {
    const event = press({ code: "Digit8", key: "[", ctrlKey: true, altKey: true, modifierAltGraph: true });
    expect(matchesKey("[", event)).toBe(true);
    expect(matchesKey("[", press({ code: "BracketLeft", key: "[", ctrlKey: true }))).toBe(false);
  });

  it("tells the number pad from the digit row, with and without Num Lock", () => {
    expect(matchesKey("Numpad5", press({ code: "Numpad5", key: "5" }))).toBe(true);
    expect(matchesKey("Numpad7", press({ code: "Numpad7", key: "Home" }))).toBe(true);
    expect(matchesKey("Home", press({ code: "Numpad7", key: "Home" }))).toBe(false);
    expect(matchesKey("Digit0", press({ code: "Numpad0", key: "0" }))).toBe(false);
    expect(matchesKey("+", press({ code: "NumpadAdd", key: "+" }))).toBe(false);
  });

  it("wants exactly the modifiers that are written", () => {
    expect(matchesKey("KeyZ", press({ code: "KeyZ", shiftKey: true }))).toBe(false);
    expect(matchesKey("Shift+KeyZ", press({ code: "KeyZ", shiftKey: true }))).toBe(true);
    expect(matchesKey("KeyC", press({ code: "KeyC", ctrlKey: true }))).toBe(false);
    expect(matchesKey("Enter", press({ code: "Enter", altKey: true }))).toBe(false);
  });

  it("takes Ctrl and Cmd alike for Mod", () => {
    expect(matchesKey("Mod+KeyZ", press({ code: "KeyZ", ctrlKey: true }))).toBe(true);
    expect(matchesKey("Mod+KeyZ", press({ code: "KeyZ", metaKey: true }))).toBe(true);
  });
});

describe("isCharacterKey", () => {
  it.each(["KeyX", "Shift+KeyZ", "?", "Digit0", "Numpad5", "NumpadAdd"])("counts %s", (key) => {
    expect(isCharacterKey(key)).toBe(true);
  });

  it.each([
    "Enter",
    "Space",
    "ArrowLeft",
    "Escape",
    "Mod+KeyZ",
    "Home",
    "NumpadEnter",
  ])("leaves %s", (key) => {
    expect(isCharacterKey(key)).toBe(false);
  });
});

describe("how a key is shown", () => {
  it.each([
    ["KeyZ", ["Z"]],
    ["Shift+KeyZ", ["Shift", "Z"]],
    ["Mod+Enter", ["Ctrl", "Enter"]],
    ["Numpad5", ["pad 5"]],
    ["NumpadAdd", ["pad +"]],
    ["Digit0", ["0"]],
    ["ArrowLeft", ["←"]],
    ["Escape", ["Esc"]],
    ["+", ["+"]],
    ["?", ["?"]],
  ])("writes %s as caps", (key, caps) => {
    expect(keyCaps(key)).toEqual(caps);
  });

  it("names keys to assistive technology as the standard does", () => {
    expect(ariaKey("Shift+KeyZ")).toBe("Shift+Z");
    expect(ariaKey("Mod+KeyZ")).toBe("Control+Z");
    expect(ariaKey("Space")).toBe("Space");
  });
});
