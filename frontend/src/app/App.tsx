import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { isPassing } from "@/shared/api/problem";
import { CommandProvider } from "@/shared/commands/commands";
import { onSignedIn, watchSession } from "@/shared/session/session";
import { cssVariables, theme } from "@/shared/theme/theme";
import { makeRouter } from "./router";
import { SignInAgain } from "./SignInAgain";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const router = makeRouter(client);
const schemes = localStorageColorSchemeManager({ key: "labelapp.scheme" });

const useSession = (): void => {
  useEffect(() => {
    const stops = [watchSession(client), onSignedIn(() => void client.invalidateQueries())];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
};

export const App = () => {
  useSession();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <CommandProvider>
          <RouterProvider router={router} />
          <SignInAgain />
        </CommandProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
};
