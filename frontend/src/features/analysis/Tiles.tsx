import { Button, VisuallyHidden } from "@mantine/core";
import { smallLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import type { Item } from "./api";
import classes from "./Gallery.module.css";
import { OutcomeMark } from "./OutcomeMark";
import type { Gallery } from "./useGallery";
import { opinions } from "./words";

interface TileProps {
  readonly item: Item;
  readonly place: number;
  readonly current: boolean;
  readonly onOpen: () => void;
}

/** Cut, not rounded, to four places: 0.84996 must not read as if it lay in the bucket above. */
const short = (value: number | null): string =>
  value === null ? "none" : (Math.floor(value * 1e4) / 1e4).toFixed(4);

const Tile = ({ item, place, current, onOpen }: TileProps) => (
  <li>
    <button
      type="button"
      className={classes.tile}
      data-tile={place}
      tabIndex={current ? 0 : -1}
      onClick={onOpen}
    >
      <span className={classes.picture}>
        <Picture {...smallLook(item)} alt="" lazy />
        <OutcomeMark outcome={item.outcome} />
      </span>
      <span className={classes.caption}>
        <span>{item.label_class.name}</span>
        <span>{short(item.confidence)}</span>
      </span>
      <span className={classes.second}>{opinions(item)}</span>
      <VisuallyHidden>{item.image_ref}</VisuallyHidden>
    </button>
  </li>
);

interface TilesProps {
  readonly items: readonly Item[];
  readonly gallery: Gallery;
  /** Does the enlarged picture lie over them? */
  readonly covered: boolean;
}

/** Pictures side by side, whole on their mats. */
export const Tiles = ({ items, gallery, covered }: TilesProps) => (
  <div className={classes.tiles} inert={covered}>
    <ul ref={gallery.list} aria-label="Pictures" className={classes.grid}>
      {items.map((item, place) => (
        <Tile
          key={item.id}
          item={item}
          place={place}
          current={place === gallery.place}
          onOpen={() => gallery.open(place)}
        />
      ))}
    </ul>
    {gallery.more && (
      <Button variant="default" className={classes.more} onClick={gallery.more}>
        Show more pictures
      </Button>
    )}
  </div>
);
