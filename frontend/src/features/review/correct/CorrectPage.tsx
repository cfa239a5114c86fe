import { useParams } from "@tanstack/react-router";
import { useMe } from "@/shared/session/session";
import { useReviewSession } from "../ui/useReview";
import { CorrectScreen } from "./CorrectScreen";

/** Giving wrong labels their right class. The session, the device and the courier are those of reviews. */
export const CorrectPage = () => {
  const me = useMe();
  const { job } = useParams({ strict: false });
  const session = useReviewSession(me.id, job ?? "", "correction");
  return session && job ? <CorrectScreen key={me.id} session={session} job={job} /> : null;
};
