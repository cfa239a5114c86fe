import { Button } from "@mantine/core";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Failed } from "@/shared/ui/Problems";
import { Empty } from "@/shared/ui/States";

export const NotFound = () => (
  <main>
    <Empty
      title="There is no such page."
      action={
        <Button component={Link} to="/">
          Go home
        </Button>
      }
    >
      The address may be mistyped, or the page was removed.
    </Empty>
  </main>
);

/** A whole screen failed, or its file could not be fetched (a new version was installed, or no connection). */
export const ScreenFailed = ({ error }: ErrorComponentProps) => {
  const router = useRouter();
  return (
    <main>
      <Failed what="This page" error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
};
