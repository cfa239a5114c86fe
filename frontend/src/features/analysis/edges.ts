/** The borders of the confidence buckets, as fractions in increasing order, at least two. */
export type Edges = readonly number[];

export const DEFAULT_EDGES = "0.8,0.85,0.9,0.95,1";

/** The server answers any edges on this grid from its tallies, however many pictures there are. */
const GRID = 1000;
/** One step of a handle. */
export const STEP = 0.01;
const MOST_BUCKETS = 20;

const onGrid = (value: number): number => Math.round(value * GRID) / GRID;

/** Parts of hundredths without the noise of binary fractions: 0.57 * 100 is 56.99999999999999. */
const inPercent = (value: number): number => Math.round(value * 1e8) / 1e6;

/** [0.8, 0.85] -> "80 to 85", as the columns are headed. */
export const bucketName = (low: number, high: number): string => `${inPercent(low)} to ${inPercent(high)}`;

/** 0.85 -> "85": a threshold or an edge in a table. */
export const edgeName = (value: number): string => `${inPercent(value)}`;

export const edgesText = (edges: Edges): string => edges.join(",");

/** The edges that somebody typed, or in words what is wrong with them. Fractions: "0.8, 0.9, 1". */
export const readEdges = (text: string): Edges | string => {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const edges = parts.map(Number);
  const odd = parts[edges.findIndex(Number.isNaN)];
  if (odd !== undefined) return `“${odd}” is not a number`;
  if (edges.length < 2) return "At least two edges are needed, such as 0.8, 1";
  if (edges.length > MOST_BUCKETS + 1) return `At most ${MOST_BUCKETS + 1} edges fit the table`;
  if (edges.some((edge) => edge < 0 || edge > 1)) return "Edges are fractions from 0 to 1";
  const falls = edges.findIndex((edge, index) => index > 0 && edge <= (edges[index - 1] ?? 0));
  return falls < 0 ? edges : `${edges[falls]} does not lie above ${edges[falls - 1]}`;
};

/** Edges out of an address: nonsense there becomes the default, never a broken page. */
export const edgesFrom = (text: string | undefined): Edges => {
  const read = readEdges(text ?? DEFAULT_EDGES);
  return typeof read === "string" ? edgesFrom(undefined) : read;
};

const distinct = (edges: Edges): Edges =>
  edges.filter((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0));

/** `buckets` of one width between two edges, on the grid. */
export const equalWidth = (low: number, high: number, buckets: number): Edges =>
  distinct(
    Array.from({ length: buckets + 1 }, (_, index) =>
      index === buckets ? high : index === 0 ? low : onGrid(low + ((high - low) * index) / buckets),
    ),
  );

export interface Bar {
  readonly low: number;
  readonly high: number;
  readonly total: number;
}

/** Buckets that hold about as many pictures each; where many share one confidence, fewer buckets. */
export const equalCount = (bars: readonly Bar[], low: number, high: number, buckets: number): Edges => {
  const within = bars.filter((bar) => bar.low >= low && bar.high < high);
  const whole = bars.reduce((sum, bar) => sum + (bar.low >= low && bar.high <= high ? bar.total : 0), 0);
  const edges = [low];
  let below = 0;
  let filled = 0;
  for (const bar of whole > 0 ? within : []) {
    below += bar.total;
    const reached = Math.floor((below * buckets) / whole);
    if (reached > filled && reached < buckets) edges.push(bar.high);
    filled = Math.max(filled, reached);
  }
  return distinct([...edges, high]);
};

/** Moves one edge as near to `to` as its neighbours and `lowest` allow; edges never touch or cross. */
export const moveEdge = (edges: Edges, index: number, to: number, lowest = 0): Edges => {
  const low = index === 0 ? lowest : (edges[index - 1] ?? 0) + STEP;
  const high = index === edges.length - 1 ? 1 : (edges[index + 1] ?? 1) - STEP;
  if (low > high + 1e-9) return edges;
  const moved = onGrid(Math.min(Math.max(to, low), high));
  return edges.map((edge, place) => (place === index ? moved : edge));
};

const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** Where a key takes an edge: arrows one step, with Shift or the page keys ten, Home and End as far as it goes. */
export const edgeAfterKey = (key: string, shift: boolean, edge: number): number | null => {
  if (key === "Home") return 0;
  if (key === "End") return 1;
  const steps = KEY_STEPS[key];
  if (steps === undefined) return null;
  return edge + steps * STEP * (shift && key.startsWith("Arrow") ? 10 : 1);
};

/** The edges of the histogram above the columns: up to 100 fine bars (as many as one question may have) on the grid, from `lowest` to 1. */
export const histogramEdges = (lowest: number): string => {
  const first = Math.min(Math.floor(inPercent(lowest) * (GRID / 100)), GRID - 1);
  const step = Math.ceil((GRID - first) / 100);
  const edges = Array.from({ length: Math.ceil((GRID - first) / step) }, (_, index) => first + index * step);
  return [...edges, GRID].map((edge) => edge / GRID).join(",");
};

/** Neighbouring bars put together, so that at most `most` are drawn. */
export const merged = (bars: readonly Bar[], most: number): Bar[] => {
  const size = Math.ceil(bars.length / most);
  return Array.from({ length: Math.ceil(bars.length / size) || 0 }, (_, index) => {
    const part = bars.slice(index * size, (index + 1) * size);
    const total = part.reduce((sum, bar) => sum + bar.total, 0);
    return { low: part[0]?.low ?? 0, high: part.at(-1)?.high ?? 1, total };
  });
};
