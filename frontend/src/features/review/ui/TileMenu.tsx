import { Menu } from "@mantine/core";
import {
  IconCheck,
  IconFlag,
  IconPointFilled,
  IconQuestionMark,
  IconX,
  IconZoomIn,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import type { Mark } from "../model/batch";
import type { Board } from "./board";
import classes from "./TileMenu.module.css";

interface TileMenuProps {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
}

const MARKS: readonly (readonly [mark: Mark, label: string, icon: ReactNode])[] = [
  ["right", "Right", <IconCheck key="right" size={18} />],
  ["wrong", "Wrong", <IconX key="wrong" size={18} />],
  ["unsure", "Unsure", <IconQuestionMark key="unsure" size={18} />],
];

/** The place of the tile on the window, for the menu to stand at. */
function placeOf(index: number): DOMRect | null {
  return document.querySelector(`[data-tile="${index}"]`)?.getBoundingClientRect() ?? null;
}

/** What a finger that rests on a tile, or a right click, can choose from. */
export const TileMenu = ({ session, snapshot, board }: TileMenuProps) => {
  const index = board.menu;
  const tile = index === null ? undefined : snapshot.current?.batch.tiles[index];
  if (index === null || !tile) {
    return null;
  }
  const place = placeOf(index);
  const close = () => {
    board.setMenu(null);
    document.querySelector<HTMLElement>(`[data-tile="${index}"]`)?.focus();
  };
  const allowsUnsure = snapshot.job?.allow_unsure !== false;
  return (
    <>
      <div className={classes.shade} aria-hidden />
      {place && (
        <div
          className={classes.hole}
          aria-hidden
          style={{ top: place.top, left: place.left, width: place.width, height: place.height }}
        />
      )}
      <Menu opened onClose={close} withinPortal position="bottom" shadow="md" width={216} returnFocus={false}>
        <Menu.Target>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Menu of picture ${index + 1}`}
            className={classes.anchor}
            style={{ top: place?.top, left: place?.left, width: place?.width, height: place?.height }}
          />
        </Menu.Target>
        <Menu.Dropdown aria-label={`Picture ${index + 1}`}>
          {MARKS.filter(([mark]) => mark !== "unsure" || allowsUnsure).map(([mark, label, icon]) => (
            <Menu.Item
              key={mark}
              data-mark={mark}
              className={classes.item}
              leftSection={icon}
              rightSection={tile.mark === mark && <IconPointFilled size={14} aria-label="chosen" />}
              onClick={() => session.mark([index], mark)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item
            className={classes.item}
            leftSection={<IconZoomIn size={18} />}
            onClick={() => {
              board.setFocus(index);
              board.setLayer("enlarged");
            }}
          >
            Enlarge
          </Menu.Item>
          <Menu.Item
            className={classes.item}
            leftSection={<IconFlag size={18} />}
            onClick={() => board.setReport(index)}
          >
            Report picture
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
};
