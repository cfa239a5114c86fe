import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Fragment, type ReactNode } from "react";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Empty, Loading } from "@/shared/ui/States";
import classes from "./JobPictures.module.css";

interface TilesProps<Row> {
  readonly items: UseInfiniteQueryResult<InfiniteData<{ readonly results: readonly Row[] }>>;
  /** What to do when the filters leave none. */
  readonly otherwise: string;
  readonly tile: (row: Row) => ReactNode;
}

/** The pictures behind a job's numbers, page by page. */
export const Tiles = <Row extends { readonly id: string }>({ items, otherwise, tile }: TilesProps<Row>) => {
  const found = items.data?.pages.flatMap((page) => page.results);
  if (items.isError)
    return <Failed what="The pictures" error={items.error} onRetry={() => void items.refetch()} />;
  if (!found) return <Loading what="pictures" />;
  if (found.length === 0) return <Empty title="No picture of this job is like that">{otherwise}</Empty>;
  return (
    <>
      <ul aria-label="Pictures" className={classes.grid}>
        {found.map((row) => (
          <Fragment key={row.id}>{tile(row)}</Fragment>
        ))}
      </ul>
      <ShowMore of={items} words="Show more pictures" />
    </>
  );
};
