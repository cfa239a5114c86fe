import { useEffect, useState } from "react";

/** True once what `key` describes has stayed the same for so long. */
export const useQuiet = (key: string, milliseconds: number): boolean => {
  const [quiet, setQuiet] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(key), milliseconds);
    return () => clearTimeout(timer);
  }, [key, milliseconds]);
  return quiet === key;
};
