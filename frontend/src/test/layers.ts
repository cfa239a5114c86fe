/**
 * The house rule of the front end: app -> features -> shared, and no feature imports another. What two
 * features need moves down to shared.
 *
 * @param file - path below `src/`, such as `features/jobs/JobPage.tsx`
 * @param source - the text of that file
 * @returns one sentence for each import that breaks the rule
 */
export const brokenImports = (file: string, source: string): string[] =>
  imports(source).flatMap((specifier) => {
    const target = resolve(file, specifier);
    const reason = target === null ? null : whyNot(file, target);
    return reason === null ? [] : [`${file} imports ${target}: ${reason}`];
  });

const IMPORT = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)["']([^"']+)["']/g;

const imports = (source: string): string[] => [...source.matchAll(IMPORT)].map((match) => match[1] ?? "");

/** The path below `src/` that an import leads to; null for packages. */
const resolve = (file: string, specifier: string): string | null => {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return null;
  return new URL(specifier, `file:///${file}`).pathname.slice(1);
};

const LAYERS = ["shared", "features", "app"];

const whyNot = (from: string, to: string): string | null => {
  const [layer = "", feature] = from.split("/");
  const [targetLayer = "", targetFeature] = to.split("/");
  if (LAYERS.indexOf(targetLayer) > LAYERS.indexOf(layer)) return `${layer} stands below ${targetLayer}`;
  if (layer === "features" && targetLayer === "features" && feature !== targetFeature)
    return "a feature knows no other feature";
  return null;
};
