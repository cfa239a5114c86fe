import { useParams } from "@tanstack/react-router";
import { useMe } from "@/shared/session/session";
import { EditorScreen } from "./ui/EditorScreen";
import { useEditorSession } from "./ui/useEditor";

/** Outlining the pictures of a job. Another person at the same page gets a session, and a store, of their own. */
export const EditorPage = () => {
  const me = useMe();
  const { job } = useParams({ strict: false });
  const session = useEditorSession(me.id, job ?? "");
  return session ? <EditorScreen key={me.id} session={session} person={me.username} /> : null;
};
