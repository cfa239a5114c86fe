import { Page } from "@/shared/ui/Page";
import classes from "./Account.module.css";
import { Name, Password, Sessions, ThisDevice } from "./Profile";
import { Tokens } from "./Tokens";

/** One's own account: everybody has it, whatever their role. */
export const AccountPage = () => (
  <Page title="Your account">
    <div className={classes.sections}>
      <Name />
      <ThisDevice />
      <Password />
      <Tokens />
      <Sessions />
    </div>
  </Page>
);
