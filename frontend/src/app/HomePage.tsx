import { useMe } from "@/shared/session/session";
import { Page } from "@/shared/ui/Page";

export const HomePage = () => {
  const me = useMe();
  return <Page title={`Hello, ${me.name || me.username}`}>{null}</Page>;
};
