/**
 * Options for a query that follows something while it changes: once a second while the page is visible
 * (TanStack Query pauses by itself on a hidden page), every five for people who want less motion.
 *
 * @param live - does this answer still change? False stops the polling.
 */
export const polled = <Data>(live: (data: Data) => boolean = () => true) => ({
  refetchInterval: (query: { state: { data: Data | undefined } }): number | false => {
    const { data } = query.state;
    if (data !== undefined && !live(data)) return false;
    return prefersLessMotion() ? 5000 : 1000;
  },
  refetchIntervalInBackground: false,
});

const prefersLessMotion = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
