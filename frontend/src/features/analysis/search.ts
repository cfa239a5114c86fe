import { type ColumnId, FIGURES, isOutcome, type Only } from "./cells";
import { DEFAULT_EDGES, readEdges } from "./edges";
import { DEFAULT_RATIO, parseRatio } from "./ratio";

/** What of the analysis stands in the address, so that a bookmark or a colleague sees the same. */
export interface AnalysisSearch {
  edges?: string;
  ratio?: string;
  published?: true;
  /** Only classes that cannot be told yet. */
  unclear?: true;
  /** The cell whose pictures are open, and which of them. */
  row?: string;
  column?: ColumnId;
  only?: Only | "all";
}

const isColumn = (name: unknown): name is ColumnId =>
  [...FIGURES, "kept", "outside"].some((column) => column === name) || /^b\d{1,2}$/.test(String(name));

const isOnly = (name: unknown): name is Only | "all" =>
  name === "all" || name === "decided" || isOutcome(name);

const edgesIn = (edges: unknown): { edges?: string } =>
  typeof edges === "string" && edges !== DEFAULT_EDGES && typeof readEdges(edges) !== "string"
    ? { edges }
    : {};

const ratioIn = (ratio: unknown): { ratio?: string } =>
  typeof ratio === "string" && ratio !== DEFAULT_RATIO && parseRatio(ratio) ? { ratio } : {};

const cellIn = ({
  row,
  column,
  only,
}: Record<string, unknown>): Pick<AnalysisSearch, "row" | "column" | "only"> =>
  typeof row === "string" && isColumn(column) ? { row, column, ...(isOnly(only) ? { only } : {}) } : {};

/** Reads the address; what cannot be read is left out, as are the defaults. */
export const readSearch = (search: Record<string, unknown>): AnalysisSearch => ({
  ...edgesIn(search.edges),
  ...ratioIn(search.ratio),
  ...(search.published === true ? { published: true } : {}),
  ...(search.unclear === true ? { unclear: true } : {}),
  ...cellIn(search),
});
