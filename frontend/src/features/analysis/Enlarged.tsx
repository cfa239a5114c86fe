import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconPhotoSearch } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import type { Command } from "@/shared/commands/registry";
import { confidence, count, moment } from "@/shared/lib/format";
import { largeLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import type { Item } from "./api";
import classes from "./Gallery.module.css";
import { OutcomeMark } from "./OutcomeMark";
import type { Gallery } from "./useGallery";
import { opinions } from "./words";

const Facts = ({ item }: { item: Item }) => (
  <dl className={classes.facts}>
    <dt>Opinions</dt>
    <dd>{opinions(item)}</dd>
    <dt>Confidence</dt>
    <dd>{confidence(item.confidence)}</dd>
    {item.width && item.height && (
      <>
        <dt>Size</dt>
        <dd>
          {item.width} × {item.height}
        </dd>
      </>
    )}
    {item.reviewed_at && (
      <>
        <dt>Reviewed</dt>
        <dd>{moment(item.reviewed_at)}</dd>
      </>
    )}
    <dt>Picture</dt>
    <dd className={classes.ref}>{item.image_ref}</dd>
  </dl>
);

interface EnlargedProps {
  readonly item: Item;
  readonly gallery: Gallery;
  /** How many pictures are loaded, and are there more? */
  readonly known: number;
  readonly more: boolean;
  /** Goes to the pictures of the dataset that are like this one. */
  readonly alike: Command;
}

/** One picture as large as it fits, with all that is known of it; arrows go to its neighbours. */
export const Enlarged = ({ item, gallery, known, more, alike }: EnlargedProps) => {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <section className={classes.enlarged} aria-label={`${item.label_class.name}, enlarged`}>
      <div className={classes.bar}>
        <Button
          ref={back}
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={gallery.close}
        >
          All pictures
        </Button>
        <strong>{item.label_class.name}</strong>
        <OutcomeMark outcome={item.outcome} />
        <span className={classes.position} aria-live="polite">
          {count(gallery.place + 1)} of {count(known)}
          {more ? " loaded" : ""}
        </span>
        <ActionIcon
          variant="default"
          size={32}
          aria-label="Previous picture"
          disabled={gallery.place === 0}
          onClick={() => gallery.step("left")}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={32}
          aria-label="Next picture"
          disabled={gallery.place === known - 1}
          onClick={() => gallery.step("right")}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </div>
      <div className={classes.large}>
        <Picture key={item.id} {...largeLook(item)} alt={`${item.label_class.name}, ${item.image_ref}`} />
      </div>
      <Facts item={item} />
      <CommandButton
        command={alike}
        variant="default"
        className={classes.alike}
        leftSection={<IconPhotoSearch size={16} aria-hidden />}
      />
    </section>
  );
};
