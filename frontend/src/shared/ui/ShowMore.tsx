import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;

/** The button below a list that has more pages; nothing where it has none. */
export const ShowMore = ({ of, words = "Show more" }: { of: Pages; words?: string }) =>
  of.hasNextPage && (
    <Button
      variant="default"
      mt="md"
      mx="auto"
      display="block"
      loading={of.isFetchingNextPage}
      onClick={() => void of.fetchNextPage()}
    >
      {words}
    </Button>
  );
