import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "@/shared/lib/format";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type Run, unreadableQuery } from "./api";
import classes from "./Predictions.module.css";

const COLUMNS = [{ label: "Picture" }, { label: "Why" }];

const Listed = ({ run }: { run: Run }) => {
  const pages = useInfiniteQuery(unreadableQuery(run.id));
  const found = pages.data?.pages.flatMap((page) => page.results);
  if (pages.isError)
    return <Failed what="The list" error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!found) return <Loading what="unreadable pictures" />;
  return (
    <>
      <Table caption="Unreadable pictures" columns={COLUMNS}>
        {found.map(({ image, image_ref, reason }) => (
          <tr key={image}>
            <td className={classes.ref}>{image_ref}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </Table>
      <ShowMore of={pages} />
    </>
  );
};

/** Pictures that could not be shown to the model: how many, and on demand which and why. */
export const Unreadable = ({ run }: { run: Run }) => {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="unreadable" className={classes.part}>
      <div className={classes.head}>
        <h3 id="unreadable" className={classes.heading}>
          {counted(run.unreadable, "picture")} could not be read
        </h3>
        <Button variant="default" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the list" : "Show the list"}
        </Button>
      </div>
      {open && <Listed run={run} />}
    </section>
  );
};
