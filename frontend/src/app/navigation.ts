import {
  IconChartDots2,
  IconCpu,
  IconDownload,
  IconHome,
  IconListCheck,
  IconPhoto,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { Role } from "@/shared/session/session";

export interface Place {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: string;
  readonly icon: TablerIcon;
  readonly roles: readonly Role[];
}

/** The side bar, from top to bottom. Only screens that exist. */
const PLACES: readonly Place[] = [
  { to: "/", label: "Home", icon: IconHome, roles: ["admin", "analyst"] },
  { to: "/datasets", label: "Datasets", icon: IconPhoto, roles: ["admin", "analyst"] },
  { to: "/jobs", label: "Jobs", icon: IconListCheck, roles: ["admin", "analyst"] },
  { to: "/analysis", label: "Analysis", icon: IconChartDots2, roles: ["admin", "analyst"] },
  { to: "/models", label: "Models", icon: IconCpu, roles: ["admin", "analyst"] },
  { to: "/exports", label: "Export", icon: IconDownload, roles: ["admin", "analyst"] },
  { to: "/people", label: "People", icon: IconUsers, roles: ["admin"] },
];

export const placesFor = (role: Role): readonly Place[] =>
  PLACES.filter((place) => place.roles.includes(role));
