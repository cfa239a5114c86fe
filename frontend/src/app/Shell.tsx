import { ActionIcon, Menu, Tooltip, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconLogout, IconMoon, IconSun, IconUserCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useKeySheet } from "@/shared/commands/KeySheet";
import { initials } from "@/shared/lib/format";
import { type Me, type Role, signOut, useMe } from "@/shared/session/session";
import { Face } from "@/shared/ui/Face";
import { Mark } from "@/shared/ui/Mark";
import { placesFor } from "./navigation";
import classes from "./Shell.module.css";

const ROLE_WORDS: Record<Role, string> = { admin: "Admin", labeler: "Labeler", analyst: "Analyst" };

const nameOf = (me: Me): string => me.name || me.username;

/** Own account, scheme, sign out: behind the person's own face. */
const OwnMenu = ({ me, children }: { me: Me; children: ReactNode }) => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: () => signOut(client),
    onSuccess: () => navigate({ to: "/sign-in" }),
  });
  const dark = colorScheme === "dark";
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={17} />}>
          {nameOf(me)}'s account
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={17} /> : <IconMoon size={17} />}
          onClick={() => setColorScheme(dark ? "light" : "dark")}
        >
          {dark ? "Light" : "Dark"} mode
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={17} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const KeysButton = ({ onClick }: { onClick: () => void }) => (
  <Tooltip label="All keys (?)" openDelay={400}>
    <ActionIcon variant="subtle" size={32} aria-label="All keys" aria-keyshortcuts="?" onClick={onClick}>
      <IconKeyboard size={18} aria-hidden />
    </ActionIcon>
  </Tooltip>
);

/** On a phone the places lie in one row, wider than the screen: the current one is brought into sight. */
const Places = ({ role }: { role: Role }) => {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address has another current place.
  useEffect(() => {
    row.current
      ?.querySelector("[aria-current=page]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav aria-label="Main" className={classes.places} ref={row}>
      {placesFor(role).map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={classes.place} activeOptions={{ exact: to === "/" }}>
          <Icon size={17} aria-hidden /> {label}
        </Link>
      ))}
    </nav>
  );
};

const SideBar = ({ me, onKeys }: { me: Me; onKeys: () => void }) => (
  <header className={classes.side}>
    <Link to="/" className={classes.brand}>
      <Mark /> labelapp
    </Link>
    <Places role={me.role} />
    <div className={classes.own}>
      <OwnMenu me={me}>
        <UnstyledButton className={classes.me}>
          <Face name={nameOf(me)} />
          <span className={classes.who}>
            <span className={classes.name}>{nameOf(me)}</span>
            <span className={classes.role}>{ROLE_WORDS[me.role]}</span>
          </span>
        </UnstyledButton>
      </OwnMenu>
      <KeysButton onClick={onKeys} />
    </div>
  </header>
);

const TopBar = ({ me, onKeys }: { me: Me; onKeys: () => void }) => (
  <header className={classes.top}>
    <Link to="/" className={classes.brand}>
      <Mark /> labelapp
    </Link>
    <div className={classes.topRight}>
      <KeysButton onClick={onKeys} />
      <OwnMenu me={me}>
        <UnstyledButton
          className={classes.topMe}
          // With the letters that are seen, so that they can be spoken to (WCAG 2.5.3).
          aria-label={`${initials(nameOf(me))}, menu of ${nameOf(me)}`}
        >
          <Face name={nameOf(me)} size={32} />
        </UnstyledButton>
      </OwnMenu>
    </div>
  </header>
);

/**
 * What is around every screen but the review grid. Admins and analysts go between places, so they have a
 * side bar; labelers have one place and a thin bar above it.
 */
export const Shell = () => {
  const me = useMe();
  const { open, sheet } = useKeySheet();
  const sides = me.role !== "labeler";
  return (
    <div className={sides ? classes.withSide : classes.withTop}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      {sides ? <SideBar me={me} onKeys={open} /> : <TopBar me={me} onKeys={open} />}
      <div className={sides ? classes.panel : classes.open}>
        <Outlet />
      </div>
      {sheet}
    </div>
  );
};
