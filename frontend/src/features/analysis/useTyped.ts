import { type ChangeEvent, type KeyboardEvent, useState } from "react";

/**
 * A text field that is committed by Enter or by leaving it; Esc restores what was there.
 * What is set elsewhere meanwhile shows at once, unless somebody is typing.
 */
export const useTyped = (value: string, onCommit: (text: string) => void) => {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null && typed !== value) onCommit(typed);
    setTyped(null);
  };
  return {
    value: typed ?? value,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.currentTarget.value),
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter") commit();
      if (event.key === "Escape") setTyped(null);
    },
  };
};
