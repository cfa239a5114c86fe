import { createStore, useStore } from "./store";

/** What a person chose for this device. Kept in the browser: it says nothing about their work. */
export interface Preferences {
  /** May letters, digits and signs by themselves run commands? (WCAG 2.1.4) */
  readonly characterKeys: boolean;
  /** Does the review screen show the own pace? */
  readonly pace: boolean;
  /** The name of the model that outlines; empty for the server's own choice. */
  readonly segmenter: string;
}

const DEFAULTS: Preferences = { characterKeys: true, pace: true, segmenter: "" };
const STORED_AS = "labelapp.preferences";

const read = (): Preferences => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...DEFAULTS, ...stored } : DEFAULTS;
  } catch (error) {
    // Storage closed to us, or text that is not ours: the defaults are a fair answer.
    if (error instanceof SyntaxError || error instanceof DOMException) return DEFAULTS;
    throw error;
  }
};

const store = createStore(read());

export const preferences = store.get;

export const usePreferences = (): Preferences => useStore(store);

export const setPreference = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void => {
  store.set({ ...store.get(), [name]: value });
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(store.get()));
  } catch (error) {
    // A private window may refuse storage; the choice then holds until the page is left.
    if (!(error instanceof DOMException)) throw error;
  }
};
