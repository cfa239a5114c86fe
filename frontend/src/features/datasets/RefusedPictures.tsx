import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { count, counted } from "@/shared/lib/format";
import { Picture } from "@/shared/ui/Picture";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Loading } from "@/shared/ui/States";
import classes from "./MasksTab.module.css";
import { type MaskRun, type Refusal, reasonTitle, refusalsQuery } from "./masks";
import { PictureDialog } from "./PictureDialog";
import tiles from "./PicturesTab.module.css";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

const Tile = ({ refusal, onOpen }: { refusal: Refusal; onOpen: () => void }) => (
  <li>
    <button type="button" className={tiles.tile} onClick={onOpen}>
      <span className={tiles.mat}>
        <Picture src={refusal.label.thumb_url} alt="" lazy />
      </span>
      <span className={tiles.name}>{refusal.label.label_class.name}</span>
      <span className={classes.reason}>{reasonTitle(refusal.code)}</span>
      <span className={classes.detail}>{refusal.reason}</span>
    </button>
  </li>
);

const Tiles = ({ run }: { run: MaskRun }) => {
  const { picture } = route.useSearch();
  const navigate = route.useNavigate();
  const refusals = useInfiniteQuery(refusalsQuery(run.id));
  const found = refusals.data?.pages.flatMap((page) => page.results);
  const show = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, picture: next }), replace: true });
  if (refusals.isError)
    return <Failed what="The list" error={refusals.error} onRetry={() => void refusals.refetch()} />;
  if (!found) return <Loading what="what was refused" />;
  return (
    <>
      <ul aria-label="Labels without a mask" className={tiles.grid}>
        {found.map((refusal) => (
          <Tile key={refusal.id} refusal={refusal} onOpen={() => show(refusal.label.image)} />
        ))}
      </ul>
      <ShowMore of={refusals} />
      <PictureDialog
        picture={picture}
        among={[...new Set(found.map(({ label }) => label.image))]}
        onShow={show}
      />
    </>
  );
};

/** What no mask could be drawn for, by reason; the pictures on demand. */
export const RefusedPictures = ({ run }: { run: MaskRun }) => {
  const { picture } = route.useSearch();
  const [open, setOpen] = useState(picture !== undefined);
  return (
    <section aria-labelledby="refused" className={classes.refused}>
      <div className={classes.head}>
        <h3 id="refused" className={classes.heading}>
          {counted(run.refused, "label")} without a mask
        </h3>
        <Button variant="default" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the pictures" : "Show the pictures"}
        </Button>
      </div>
      <ul>
        {run.reasons.map((reason) => (
          <li key={reason.code} className={classes.line}>
            <span>{reasonTitle(reason.code)}</span>
            <span>{count(reason.count)}</span>
          </li>
        ))}
      </ul>
      {open && <Tiles run={run} />}
    </section>
  );
};
