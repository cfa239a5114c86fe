import { IconPlus, IconUserPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { LinkTabs } from "@/shared/ui/LinkTabs";
import { Page } from "@/shared/ui/Page";
import { AuditList } from "./AuditList";
import { PeopleList } from "./PeopleList";
import { type Open, PersonDialogs } from "./PersonDialogs";
import { type OpenTeam, TeamsList } from "./TeamsList";

const route = getRouteApi("/signed-in/shell/people");

const TABS = [
  { show: undefined, label: "People" },
  { show: "teams", label: "Teams" },
  { show: "history", label: "History" },
] as const;

/** Admin: who may work here, in which teams, and the record of who changed what. */
export const PeoplePage = () => {
  const { show, add } = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<Open | null>(add ? { kind: "add" } : null);
  const [openTeam, setOpenTeam] = useState<OpenTeam | null>(null);
  const addPerson: Command = {
    id: "people.add",
    label: "Add a person",
    group: "People",
    keys: ["KeyN"],
    run: () => setOpen({ kind: "add" }),
  };
  const addTeam: Command = { ...addPerson, id: "teams.add", label: "New team", run: () => setOpenTeam({}) };
  const command = show === "teams" ? addTeam : addPerson;
  useCommands([command]);
  const openOne = (next: Open | null) => {
    setOpen(next);
    if (add) void navigate({ search: { show }, replace: true });
  };
  return (
    <Page
      title="People"
      flush
      actions={
        <CommandButton
          command={command}
          leftSection={
            show === "teams" ? <IconPlus size={16} aria-hidden /> : <IconUserPlus size={16} aria-hidden />
          }
        />
      }
      below={
        <LinkTabs
          label="Parts of this page"
          tabs={TABS.map((tab) => ({
            to: "/people",
            search: tab.show ? { show: tab.show } : {},
            label: tab.label,
            current: show === tab.show,
          }))}
        />
      }
    >
      {show === undefined && <PeopleList onOpen={openOne} />}
      {show === "teams" && <TeamsList open={openTeam} onOpen={setOpenTeam} />}
      {show === "history" && <AuditList />}
      <PersonDialogs open={open} onOpen={openOne} />
    </Page>
  );
};
