import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCoveringCommands } from "@/shared/commands/commands";
import { type Me, meQuery, useSession } from "@/shared/session/session";
import classes from "./SignInAgainDialog.module.css";
import { SignInForm } from "./SignInForm";

const Again = ({ me, unsaved }: { me: Me; unsaved: string | null }) => {
  useCoveringCommands([]);
  const kept =
    unsaved === null ? "" : ` Your ${unsaved} are still on screen and go out as soon as you are back.`;
  return (
    <>
      <p className={classes.why}>Your session has ended. This page stays as it is.{kept}</p>
      <SignInForm as={me.username} action={unsaved === null ? "Sign in" : `Sign in and save ${unsaved}`} />
      <p className={classes.other}>
        Not you? Another account cannot take over this page.{" "}
        <a href="/sign-in?other=true">Use another account</a>
      </p>
    </>
  );
};

/** See `SignInAgain`. There is no way to close it, since nothing below could be sent. */
export const SignInAgainDialog = () => {
  const { ended, unsaved } = useSession();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return (
    <Modal
      opened={ended && Boolean(me)}
      onClose={() => {}}
      title={unsaved === null ? "Sign in again" : "Sign in again to save"}
      centered
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      overlayProps={{ color: "var(--bg)", backgroundOpacity: 0.75 }}
      classNames={{ title: classes.title }}
    >
      {me && <Again me={me} unsaved={unsaved} />}
    </Modal>
  );
};
