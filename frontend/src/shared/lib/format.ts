/** How numbers, shares and times are written on every screen. */

/** Narrow no-break space: parts thousands, and a number from its sign. */
export const THIN = "\u202F";

/** 1959 -> "1 959". Whole numbers. */
export const count = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN);

/** A count is a noun phrase: `counted(1, "row")` is "1 row", `counted(24, "class", "classes")` "24 classes". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** 8.437 -> "8.4 %". `value` is in percent; null, which is "no evidence", is a dash. */
export const percent = (value: number | null, digits = 1): string =>
  value === null ? "–" : `${value.toFixed(digits)}${THIN}%`;

/** 0.3217 -> "32 %", for bars and progress. Never says 100 % before all is done, nor 0 % once something is. */
export const share = (part: number, whole: number): string => {
  if (whole === 0) return percent(0, 0);
  const exact = (100 * part) / whole;
  const rounded = Math.round(exact);
  const fair = Math.max(part > 0 ? 1 : 0, part < whole ? Math.min(rounded, 99) : rounded);
  return percent(fair, 0);
};

/** 412 000 -> "412 kB". */
export const bytesWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
};

/** How many a second: 3.24 -> "3.2", 96.4 -> "96". */
export const rateWords = (rate: number | null): string =>
  rate === null ? "–" : rate < 10 ? rate.toFixed(1) : count(rate);

/** A confidence as it is set and compared: 0.85 -> "0.85", 0.8 -> "0.80", 0.8125 -> "0.8125". */
export const confidence = (value: number | null): string =>
  value === null ? "none" : value.toFixed(Math.max(2, `${value}`.split(".")[1]?.length ?? 0));

/** A confidence in a list, to four places: 0.9933664703 -> "0.9934", 0.85 -> "0.85". */
export const shortConfidence = (value: number | null): string =>
  confidence(value === null ? null : Number(value.toFixed(4)));

const two = (value: number): string => value.toString().padStart(2, "0");

/** Seconds of one batch: 39 -> "0:39", 125 -> "2:05". */
export const stopwatch = (seconds: number): string => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
};

/** A stretch of work in words: 6600 s -> "1 h 50 min", 40 s -> "40 s". */
export const duration = (seconds: number): string => {
  if (seconds < 59.5) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return counted(Math.round(hours / 24), "day");
};

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** The time of day here: "14:08". */
export const clock = (time: string | Date): string => {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A day: "21 Nov 2026". */
export const day = (time: string | Date): string => {
  const date = new Date(time);
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
};

/** When something was: "14:08" today, else "21 Nov 2026, 14:08". */
export const moment = (time: string | Date, now: Date = new Date()): string =>
  sameDay(new Date(time), now) ? clock(time) : `${day(time)}, ${clock(time)}`;

/** How long ago, for lists: "4 min ago", "just now". */
export const ago = (time: string | Date, now: Date = new Date()): string => {
  const seconds = (now.getTime() - new Date(time).getTime()) / 1000;
  return seconds < 59.5 ? "just now" : `${duration(seconds)} ago`;
};

/** "Mira Okafor" -> "MO", "jonas.lind" -> "JL", "mira" -> "MI". */
export const initials = (name: string): string => {
  const [first = "", ...rest] = name.split(/[\s._-]+/).filter(Boolean);
  const last = rest.at(-1);
  return (last ? first.charAt(0) + last.charAt(0) : first.slice(0, 2)).toUpperCase();
};

/** ["Ana", "Tom", "Lena"] -> "Ana, Tom and Lena". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
