import { ActionIcon, Button, Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconEraser, IconPhotoSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCoveringCommands } from "@/shared/commands/commands";
import { Keys } from "@/shared/commands/Keys";
import type { Command } from "@/shared/commands/registry";
import { confidence, counted, listed, moment } from "@/shared/lib/format";
import { largeLook } from "@/shared/lib/looks";
import { useMe } from "@/shared/session/session";
import { Confirm } from "@/shared/ui/Confirm";
import { Outline } from "@/shared/ui/Outline";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { erasePicture, type Picture, pictureQuery } from "./api";
import classes from "./PictureDialog.module.css";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

const Erase = ({ picture, onClose }: { picture: Picture; onClose: () => void }) => {
  const client = useQueryClient();
  const erasing = useMutation({
    mutationFn: () => erasePicture(picture.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["datasets"] });
      await client.invalidateQueries({ queryKey: ["pictures"] });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title="Erase this picture"
      action={`Erase it with ${counted(picture.labels.length, "label")}`}
      name={picture.ref.split("/").at(-1) ?? picture.ref}
      busy={erasing.isPending}
      error={erasing.error}
      onConfirm={() => erasing.mutate()}
      onClose={onClose}
    >
      The file and its thumbnails are removed now, for good. {counted(picture.labels.length, "label")} on it
      leave every count; verdicts stay as rows of an erased picture. This cannot be undone.
    </Confirm>
  );
};

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const shape = ({ width, height }: Picture): string =>
  width && height ? `${width} x ${height} pixels` : "size not read yet";

const file = (picture: Picture): string =>
  [
    shape(picture),
    picture.media_type?.replace("image/", "").toUpperCase(),
    picture.size && size(picture.size),
  ]
    .filter(Boolean)
    .join(", ");

const Facts = ({ picture }: { picture: Picture }) => (
  <div className={classes.facts}>
    <p className={classes.ref}>{picture.ref}</p>
    <p className={classes.second}>{file(picture)}</p>
    {picture.location === "placeholder:" && (
      <p className={classes.second}>A stand-in: the import did not have this picture.</p>
    )}
    {picture.same_content.length > 0 && (
      <p className={classes.second}>The same content as {listed(picture.same_content)}.</p>
    )}
    {picture.labels.some(({ close_up }) => close_up) && (
      <p className={classes.second}>
        Hold <Keys of="KeyM" /> to see it without outlines.
      </p>
    )}
    <h3 className={classes.heading}>{counted(picture.labels.length, "label")}</h3>
    <ul>
      {picture.labels.map((label) => (
        <li key={label.id} className={classes.label}>
          <span>
            <span className={classes.class}>{label.label_class.name}</span>
            <span className={classes.second}>{label.source}</span>
          </span>
          <span>{confidence(label.confidence)}</span>
        </li>
      ))}
    </ul>
  </div>
);

/** The picture as large as the room allows; where that is larger than it is, the percent says so. */
const Enlarged = ({ picture, bare }: { picture: Picture; bare: boolean }) => {
  const [percent, setPercent] = useState<number | null>(null);
  const outlines = picture.labels.map(({ id, close_up }) => ({ id, ...largeLook({ ...picture, close_up }) }));
  const measure = ({ naturalWidth, naturalHeight, clientWidth, clientHeight }: HTMLImageElement) =>
    setPercent(Math.round(100 * Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight)));
  return (
    <>
      <span className={classes.whole}>
        <img
          src={picture.full_url}
          alt={picture.ref}
          className={classes.picture}
          onLoad={(event) => measure(event.currentTarget)}
        />
        {!bare &&
          outlines.map(({ id, outline }) => outline && <Outline key={id} {...outline} scaleDown={false} />)}
      </span>
      {percent !== null && <span className={classes.percent}>{percent} %</span>}
    </>
  );
};

interface ShownProps {
  readonly picture: Picture;
  readonly bare: boolean;
  readonly alike: Command;
}

const Shown = ({ picture, bare, alike }: ShownProps) => {
  const isAdmin = useMe().role === "admin";
  const [erasing, setErasing] = useState(false);
  return (
    <div className={classes.shown}>
      <div className={classes.canvas}>
        {picture.erased_at ? (
          <p className={classes.erased}>Erased {moment(picture.erased_at)}</p>
        ) : (
          <Enlarged picture={picture} bare={bare} />
        )}
      </div>
      <div className={classes.side}>
        <Facts picture={picture} />
        {!picture.erased_at && (
          <div className={classes.actions}>
            <CommandButton
              command={alike}
              variant="default"
              leftSection={<IconPhotoSearch size={16} aria-hidden />}
            />
            {isAdmin && (
              <Button
                variant="default"
                color="wrong"
                leftSection={<IconEraser size={16} aria-hidden />}
                onClick={() => setErasing(true)}
              >
                Erase this picture
              </Button>
            )}
          </div>
        )}
      </div>
      {erasing && <Erase picture={picture} onClose={() => setErasing(false)} />}
    </div>
  );
};

interface InsideProps {
  readonly picture: string;
  readonly among: readonly string[];
  readonly onShow: (picture: string | undefined) => void;
}

const Inside = ({ picture, among, onShow }: InsideProps) => {
  const found = useQuery(pictureQuery(picture));
  const [bare, setBare] = useState(false);
  const at = among.indexOf(picture);
  const before = at > 0 ? among[at - 1] : undefined;
  const after = at >= 0 ? among[at + 1] : undefined;
  const step = (to: string | undefined) => () => {
    if (to) onShow(to);
  };
  const group = "Picture";
  const navigate = route.useNavigate();
  const alike: Command = {
    id: "picture.alike",
    label: "Find pictures like this one",
    group,
    keys: ["KeyL"],
    enabled: found.data !== undefined && !found.data.erased_at,
    run: () => void navigate({ search: { show: "alike", like: picture } }),
  };
  useCoveringCommands([
    {
      id: "picture.before",
      label: "Previous picture",
      group,
      keys: ["ArrowLeft"],
      repeats: true,
      run: step(before),
    },
    {
      id: "picture.after",
      label: "Next picture",
      group,
      keys: ["ArrowRight"],
      repeats: true,
      run: step(after),
    },
    {
      id: "picture.bare",
      label: "Hide outlines while held",
      group,
      keys: ["KeyM"],
      run: () => setBare(true),
      release: () => setBare(false),
    },
    alike,
  ]);
  return (
    <>
      <div className={classes.steps}>
        <ActionIcon
          variant="subtle"
          size={32}
          aria-label="Previous picture"
          disabled={!before}
          onClick={step(before)}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size={32}
          aria-label="Next picture"
          disabled={!after}
          onClick={step(after)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </div>
      {found.isError && (
        <Failed what="The picture" error={found.error} onRetry={() => void found.refetch()} />
      )}
      {!found.isError && !found.data && <Loading what="the picture" />}
      {found.data && <Shown key={found.data.id} picture={found.data} bare={bare} alike={alike} />}
    </>
  );
};

interface PictureDialogProps {
  /** Its id; undefined when none is open. */
  readonly picture: string | undefined;
  /** The pictures of the list, for previous and next. */
  readonly among: readonly string[];
  readonly onShow: (picture: string | undefined) => void;
}

/** A picture as large as the window allows, with all that is said of it. */
export const PictureDialog = ({ picture, among, onShow }: PictureDialogProps) => (
  <Modal
    opened={picture !== undefined}
    onClose={() => onShow(undefined)}
    title="Picture"
    size="min(76rem, 96vw)"
    centered
    closeButtonProps={{ "aria-label": "Close" }}
  >
    {picture !== undefined && <Inside picture={picture} among={among} onShow={onShow} />}
  </Modal>
);
