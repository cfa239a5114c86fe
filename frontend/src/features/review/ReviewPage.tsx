import { useParams } from "@tanstack/react-router";
import { useMe } from "@/shared/session/session";
import { ReviewScreen } from "./ui/ReviewScreen";
import { useReviewSession } from "./ui/useReview";

/** Reviewing a job. Another person at the same page gets a session, and a store, of their own. */
export const ReviewPage = () => {
  const me = useMe();
  const { job } = useParams({ strict: false });
  const session = useReviewSession(me.id, job ?? "", "verification");
  return session && job ? <ReviewScreen key={me.id} session={session} job={job} /> : null;
};
