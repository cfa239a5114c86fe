import "@mantine/core/styles/Drawer.layer.css";
import { Drawer } from "@mantine/core";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { type MouseEvent, useEffect, useRef } from "react";
import { useCommands, useCoveringCommands } from "@/shared/commands/commands";
import { useKeySheet } from "@/shared/commands/KeySheet";
import { setPreference } from "@/shared/lib/preferences";
import { Loading } from "@/shared/ui/States";
import type { EditorSession } from "../engine/session";
import { Announcer } from "./Announcer";
import { makeActions } from "./actions";
import { useBoard } from "./board";
import { Canvas } from "./Canvas";
import { allOf, editorCommands } from "./commands";
import classes from "./EditorScreen.module.css";
import { Guide } from "./Guide";
import { Header } from "./Header";
import { Hint } from "./Hint";
import { Nothing } from "./Nothing";
import { Notices } from "./Notices";
import { Panel, type PanelProps } from "./Panel";
import { Rail } from "./Rail";
import { SkipDialog } from "./SkipDialog";
import { StatusBar, Zoom } from "./StatusBar";
import { TouchBar } from "./TouchBar";
import { useOfflineReadiness, useSnapshot, useUnsavedWarning } from "./useEditor";
import { useField } from "./useField";
import { usePicture } from "./usePicture";

interface EditorScreenProps {
  readonly session: EditorSession;
  /** The person's name, for the face. */
  readonly person: string;
}

/** Everything that the parts of the screen share. */
function useParts(session: EditorSession, touch: boolean) {
  const snapshot = useSnapshot(session);
  const { stage, frameRef } = useField(snapshot.work, touch);
  const board = useBoard(stage.picture);
  const picture = usePicture(snapshot.work?.picture.full_url, snapshot.next?.picture.full_url);
  const actions = makeActions({ session, snapshot, board });
  const commands = editorCommands({ session, snapshot, board, stage, actions });
  return { session, snapshot, board, stage, frameRef, picture, actions, commands };
}

type Parts = ReturnType<typeof useParts>;

/** Another picture begins without what was half drawn in the one before. */
function useFreshBoard({ snapshot, board }: Parts): void {
  const assignment = snapshot.work?.assignment;
  const before = useRef(assignment);
  const { clear } = board;
  useEffect(() => {
    if (before.current !== assignment) {
      before.current = assignment;
      clear();
    }
  }, [assignment, clear]);
}

/** While it is open the keys of the picture rest: Escape closes it and takes no point back. */
const CoveringPanel = (props: PanelProps) => {
  useCoveringCommands([]);
  return <Panel {...props} />;
};

/** Fingers have no room for a panel beside the picture: it slides in when it is asked for. */
const PanelDrawer = (props: PanelProps) => (
  <Drawer
    opened={props.board.panel}
    onClose={() => props.board.setPanel(false)}
    position="right"
    size={340}
    title="Objects and steps"
    padding={0}
    closeButtonProps={{ "aria-label": "Close" }}
    classNames={{ body: classes.drawerBody, header: classes.drawerHeader }}
  >
    <CoveringPanel {...props} />
  </Drawer>
);

const Working = ({ parts, touch, openKeys }: { parts: Parts; touch: boolean; openKeys: () => void }) => {
  const { snapshot, board, stage, commands } = parts;
  return (
    <>
      <div className={classes.middle}>
        {!touch && <Rail commands={commands} board={board} openKeys={openKeys} />}
        <main className={classes.main} id="main" aria-label="Picture">
          <Canvas {...parts} />
          <Notices {...parts} />
          <Hint snapshot={snapshot} board={board} commands={commands} touch={touch} />
          {touch && (
            <div className={classes.zoom}>
              <Zoom commands={commands} stage={stage} />
            </div>
          )}
          {board.guide && <Guide snapshot={snapshot} board={board} />}
        </main>
        {!touch && <Panel {...parts} />}
      </div>
      {touch ? (
        <TouchBar snapshot={snapshot} board={board} commands={commands} />
      ) : (
        <StatusBar commands={commands} board={board} stage={stage} />
      )}
      {touch && <PanelDrawer {...parts} />}
    </>
  );
};

/** The middle of the screen: the picture with its tools, or why there is none. */
const Middle = ({ parts, touch, openKeys }: { parts: Parts; touch: boolean; openKeys: () => void }) => {
  const { session, snapshot } = parts;
  if (snapshot.phase === "working") {
    return <Working parts={parts} touch={touch} openKeys={openKeys} />;
  }
  return (
    <main className={classes.main} id="main">
      {snapshot.phase === "opening" ? (
        <Loading what="the next picture">
          <div className={classes.opening} />
        </Loading>
      ) : (
        <>
          <Notices {...parts} />
          <Nothing snapshot={snapshot} tryNow={() => session.tryNow()} />
        </>
      )}
    </main>
  );
};

/** A button that the pointer presses does not take the keys: Space goes on moving the picture. */
function leaveFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button")) {
    event.preventDefault();
  }
}

/** The mask editor. The work is in the session; what the screen itself remembers is on the board. */
export const EditorScreen = ({ session, person }: EditorScreenProps) => {
  const touch = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const parts = useParts(session, touch);
  const { snapshot, board, commands, actions } = parts;
  const keys = useKeySheet();
  useCommands(allOf(commands));
  useFreshBoard(parts);
  useUnsavedWarning(snapshot.kept);
  useOfflineReadiness();
  useDocumentTitle(`${snapshot.job?.name ?? "Outlines"} - labelapp`);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a press from moving the focus
    <div className={classes.screen} onMouseDown={leaveFocus}>
      <Header
        snapshot={snapshot}
        commands={commands}
        board={board}
        person={person}
        touch={touch}
        choose={(name) => {
          session.chooseSegmenter(name);
          setPreference("segmenter", name);
        }}
      />
      <Middle parts={parts} touch={touch} openKeys={keys.open} />
      <Announcer snapshot={snapshot} />
      <SkipDialog opened={board.skipping} actions={actions} board={board} />
      {keys.sheet}
    </div>
  );
};
