import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Mark } from "@/shared/ui/Mark";
import { SignInForm } from "./SignInForm";
import classes from "./SignInPage.module.css";

const route = getRouteApi("/sign-in");

export const SignInPage = () => {
  useDocumentTitle("Sign in - labelapp");
  const { next } = route.useSearch();
  const router = useRouter();
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <div className={classes.brand}>
          <Mark size={28} />
          <h1 className={classes.title}>labelapp</h1>
        </div>
        <SignInForm onSignedIn={() => router.history.replace(next ?? "/")} />
        <p className={classes.hint}>Forgot your password? An admin can give you a one-time link.</p>
      </div>
    </main>
  );
};
