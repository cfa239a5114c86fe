import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
  rem,
  type VariantColorsResolver,
} from "@mantine/core";
import { dark, fonts, heat, light, type Token } from "./tokens";

const PALETTE = ["ink", "focus", "wrong", "unsure", "ok"] as const;
type Paint = (typeof PALETTE)[number];

/** Mantine wants ten shades; ours are one value for each scheme, given by the resolver below. */
const tuple = (token: Paint): MantineColorsTuple =>
  Array.from({ length: 10 }, (_, shade) =>
    shade < 5 ? dark[token] : light[token],
  ) as unknown as MantineColorsTuple;

const isPaint = (color: string): color is Paint => PALETTE.some((paint) => paint === color);

const paint = (color: string | undefined): Paint => (color !== undefined && isPaint(color) ? color : "ink");

const variantColors: VariantColorsResolver = ({ color, variant }) => {
  const name = paint(color);
  const text = `var(--${name})`;
  const none = { hoverColor: text, color: text, border: `${rem(1)} solid transparent` };
  switch (variant) {
    case "filled":
      return {
        background: text,
        hover: `var(--${name}-hover)`,
        color: `var(--on-${name})`,
        hoverColor: `var(--on-${name})`,
        border: `${rem(1)} solid transparent`,
      };
    case "light":
      return { ...none, background: `var(--${name}-soft)`, hover: `var(--${name}-soft)` };
    case "subtle":
    case "transparent":
      return { ...none, background: "transparent", hover: "var(--ink-soft)" };
    default:
      return {
        ...none,
        background: "var(--surface)",
        hover: "var(--ink-soft)",
        border: `${rem(1)} solid ${name === "ink" ? "var(--line2)" : text}`,
      };
  }
};

export const theme = createTheme({
  colors: Object.fromEntries(PALETTE.map((name) => [name, tuple(name)])),
  primaryColor: "ink",
  primaryShade: { light: 9, dark: 0 },
  black: light.ink,
  fontFamily: fonts.text,
  fontFamilyMonospace: fonts.code,
  fontSizes: { xs: rem(11), sm: rem(12), md: rem(13), lg: rem(14), xl: rem(16) },
  lineHeights: { xs: "1.4545", sm: "1.3334", md: "1.5385", lg: "1.4286", xl: "1.5" },
  fontWeights: { regular: "450", medium: "550", bold: "640" },
  headings: {
    fontFamily: fonts.text,
    fontWeight: "640",
    sizes: {
      h1: { fontSize: rem(16), lineHeight: "1.5" },
      h2: { fontSize: rem(14), lineHeight: "1.4286" },
      h3: { fontSize: rem(13), lineHeight: "1.5385" },
    },
  },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(2), sm: rem(6), md: rem(8), lg: rem(10), xl: rem(12) },
  defaultRadius: "md",
  shadows: { xs: "none", sm: "none", md: "var(--shadow)", lg: "var(--shadow)", xl: "var(--shadow)" },
  focusRing: "auto",
  respectReducedMotion: true,
  cursorType: "pointer",
  activeClassName: "",
  variantColorResolver: variantColors,
  // What Mantine puts first into an open menu has no role, and a menu may hold nothing but what can be chosen.
  // As an object: a page without a menu does not load one.
  components: { Menu: { defaultProps: { withInitialFocusPlaceholder: false } } },
});

const tokenVariables = (tokens: Record<Token, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));

const paintVariables: Record<string, string> = Object.fromEntries(
  PALETTE.flatMap((name) => [
    [`--mantine-color-${name}-filled`, `var(--${name})`],
    [`--mantine-color-${name}-filled-hover`, `var(--${name}-hover)`],
    [`--mantine-color-${name}-light`, `var(--${name}-soft)`],
    [`--mantine-color-${name}-light-hover`, `var(--${name}-soft)`],
    [`--mantine-color-${name}-light-color`, `var(--${name})`],
    [`--mantine-color-${name}-outline`, `var(--${name})`],
    [`--mantine-color-${name}-text`, `var(--${name})`],
    // What a menu writes in, whatever the scheme.
    [`--mantine-color-${name}-6`, `var(--${name})`],
  ]),
);

const schemeVariables = (tokens: Record<Token, string>): Record<string, string> => ({
  ...tokenVariables(tokens),
  ...paintVariables,
  "--mantine-color-body": "var(--bg)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink3)",
  "--mantine-color-placeholder": "var(--ink3)",
  "--mantine-color-error": "var(--wrong)",
  "--mantine-color-anchor": "var(--focus)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--ink-soft)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--edge)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--ink3)",
  "--mantine-color-disabled-border": "var(--line2)",
});

const heatVariables: Record<string, string> = Object.fromEntries(
  Object.entries(heat).flatMap(([name, { fill, text }]) => [
    [`--heat-${name}`, fill],
    [`--on-heat-${name}`, text],
  ]),
);

export const cssVariables: CSSVariablesResolver = (_theme: MantineTheme) => ({
  variables: heatVariables,
  light: schemeVariables(light),
  dark: schemeVariables(dark),
});
