import { type ComponentType, lazy, Suspense } from "react";
import { type Role, useMe } from "@/shared/session/session";

const HOMES: Record<Role, ComponentType> = {
  labeler: lazy(() => import("@/features/home/LabelerHome").then((home) => ({ default: home.LabelerHome }))),
  admin: lazy(() => import("@/features/home/AdminHome").then((home) => ({ default: home.AdminHome }))),
  analyst: lazy(() => import("@/features/home/AnalystHome").then((home) => ({ default: home.AnalystHome }))),
};

/** `/`: everybody's own start. */
export const HomePage = () => {
  const Home = HOMES[useMe().role];
  return (
    <Suspense>
      <Home />
    </Suspense>
  );
};
