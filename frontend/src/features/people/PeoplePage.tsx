import { Page } from "@/shared/ui/Page";
import { Empty } from "@/shared/ui/States";

export const PeoplePage = () => (
  <Page title="People">
    <Empty title="Nobody here yet" />
  </Page>
);
