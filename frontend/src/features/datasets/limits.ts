/** A confidence as it is typed: nothing is no limit, "0,8" is 0.8; "wrong" for what is none. */
export const limitOf = (typed: string): number | undefined | "wrong" => {
  const text = typed.trim().replace(",", ".");
  if (text === "") return undefined;
  const value = Number(text);
  return value >= 0 && value <= 1 ? value : "wrong";
};
