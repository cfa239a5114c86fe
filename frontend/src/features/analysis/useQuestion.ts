import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { analysisQuery, histogramQuery, type Job } from "./api";
import { type Cell, countedBy, type Only } from "./cells";
import { type Edges, edgesFrom, edgesText } from "./edges";
import { DEFAULT_RATIO, parseRatio, type Ratio, ratioText } from "./ratio";
import { type AnalysisSearch, readSearch } from "./search";

const route = getRouteApi("/signed-in/shell/analysis/$job");

/** How long edges rest before they are written into the address. */
const SETTLED_MS = 250;

/** Writes a part of the address; everything else in it stays. */
const useAddress = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const write = useCallback(
    (change: { [Name in keyof AnalysisSearch]: AnalysisSearch[Name] | undefined }, replace = true) =>
      void navigate({
        search: (before) => readSearch({ ...before, ...change }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  return { search, write };
};

/** Edges that follow the hand at once, and the address once it rests. */
const useEdges = (text: string | undefined, onSettled: (text: string) => void) => {
  const [moved, setMoved] = useState<{ from: string | undefined; edges: Edges } | null>(null);
  const stored = useMemo(() => edgesFrom(text), [text]);
  useEffect(() => {
    if (!moved) return;
    const timer = setTimeout(() => onSettled(edgesText(moved.edges)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moved, onSettled]);
  return {
    // Once the address has changed, by this hand or by Back, it speaks again.
    edges: moved && moved.from === text ? moved.edges : stored,
    setEdges: (edges: Edges) => setMoved({ from: text, edges }),
  };
};

const useRatio = (text: string | undefined): Ratio =>
  useMemo(() => parseRatio(text ?? DEFAULT_RATIO) ?? { wrong: 1, right: 10 }, [text]);

const onlyOf = (cell: Cell | null, only: AnalysisSearch["only"]): Only | undefined => {
  if (only !== undefined) return only === "all" ? undefined : only;
  return cell ? countedBy(cell) : undefined;
};

/** What is asked of the table, kept in the address, and what the server answers. */
export const useQuestion = (job: Job) => {
  const { search, write } = useAddress();
  const [name, setName] = useState("");
  const settle = useCallback((edges: string) => write({ edges }), [write]);
  const { edges, setEdges } = useEdges(search.edges, settle);
  const ratio = useRatio(search.ratio);
  const published = search.published === true;
  const lowest = Math.min(edges[0] ?? 0, job.min_confidence ?? 0);
  const answered = useQuery({
    ...analysisQuery(job, { edges, ratio: ratioText(ratio), published }),
    enabled: job.state !== "draft",
  });
  const { data: bars = [] } = useQuery({ ...histogramQuery(job, lowest), enabled: job.state !== "draft" });
  const opened: Cell | null =
    search.row !== undefined && search.column ? { row: search.row, column: search.column } : null;
  const closed = { row: undefined, column: undefined, only: undefined };
  return {
    analysis: answered.data,
    error: answered.error,
    since: answered.dataUpdatedAt,
    retry: () => void answered.refetch(),
    edges,
    setEdges,
    lowest,
    bars,
    ratio,
    setRatio: (next: Ratio) => write({ ratio: ratioText(next) }),
    published,
    setPublished: (on: boolean) => write({ published: on ? true : undefined }),
    unclear: search.unclear === true,
    setUnclear: (on: boolean) => write({ unclear: on ? true : undefined }),
    name,
    setName,
    opened,
    only: onlyOf(opened, search.only),
    open: ({ row, column }: Cell) => write({ row, column, only: undefined }, false),
    setOnly: (only: Only | undefined) => write({ only: only ?? "all" }),
    close: () => write(closed),
  };
};

export type Question = ReturnType<typeof useQuestion>;
