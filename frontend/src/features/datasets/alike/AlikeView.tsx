import { IconPhotoSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useCommands } from "@/shared/commands/commands";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Picture } from "@/shared/ui/Picture";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { pictureQuery } from "../api";
import { PictureDialog } from "../PictureDialog";
import tiles from "../PicturesTab.module.css";
import { useArrows } from "../useArrows";
import classes from "./Alike.module.css";
import { type Like, type Likes, likesQuery } from "./api";
import { byWords, likeWords } from "./words";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

const nameOf = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** The picture that the others are like. */
const Head = ({ image, likes }: { image: string; likes: Likes | undefined }) => {
  const { data: one } = useQuery(pictureQuery(image));
  return (
    <div className={classes.head}>
      <span className={classes.one}>{one && <Picture src={one.thumb_url} alt={one.ref} />}</span>
      <div>
        <h2 className={classes.title}>Pictures like {one ? nameOf(one.ref) : "this one"}</h2>
        {likes && <p className={classes.second}>{byWords(likes)}</p>}
      </div>
    </div>
  );
};

const Tile = ({ like, onOpen }: { like: Like; onOpen: () => void }) => (
  <li>
    <button type="button" data-card className={tiles.tile} onClick={onOpen}>
      <span className={tiles.mat}>
        <Picture src={like.thumb_url} alt="" lazy />
      </span>
      <span className={tiles.name}>
        {like.label_classes.map(({ name }) => name).join(", ") || "No label"}
      </span>
      <span className={tiles.second}>
        {likeWords(like)}
        <span className={tiles.ref} title={like.ref}>
          {nameOf(like.ref)}
        </span>
      </span>
    </button>
  </li>
);

const Found = ({ likes }: { likes: Likes }) => {
  const { picture } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRef<HTMLUListElement>(null);
  useCommands(useArrows(list, { noun: "Picture", group: "Pictures" }));
  const open = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, picture: next }), replace: true });
  return (
    <>
      <ul ref={list} aria-label="The most alike first" className={tiles.grid}>
        {likes.results.map((like) => (
          <Tile key={like.id} like={like} onOpen={() => open(like.id)} />
        ))}
      </ul>
      <PictureDialog picture={picture} among={likes.results.map(({ id }) => id)} onShow={open} />
    </>
  );
};

const Nothing = ({ dataset, likes }: { dataset: string; likes: Likes }) => (
  <Empty
    icon={<IconPhotoSearch size={32} aria-hidden />}
    title={likes.version ? "The model has seen no other picture here" : "No other picture looks like it"}
    action={
      <LinkButton to="/datasets/$dataset" params={{ dataset }} search={{ show: "predictions" }}>
        Predictions
      </LinkButton>
    }
  >
    A model that labels this dataset remembers what it sees in each picture; then others of the same kind are
    found, too.
  </Empty>
);

/** The pictures of a dataset that are most like one of them. */
export const AlikeView = ({ dataset, image }: { dataset: string; image: string }) => {
  const likes = useQuery(likesQuery(image));
  return (
    <div className={classes.alike}>
      <Head image={image} likes={likes.data} />
      {likes.isError && (
        <Failed what="Pictures like this one" error={likes.error} onRetry={() => void likes.refetch()} />
      )}
      {!likes.isError && !likes.data && <Loading what="pictures like this one" />}
      {likes.data && likes.data.results.length > 0 && <Found likes={likes.data} />}
      {likes.data?.results.length === 0 && <Nothing dataset={dataset} likes={likes.data} />}
    </div>
  );
};
