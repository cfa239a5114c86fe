import { Button, Popover, SegmentedControl, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { counted } from "@/shared/lib/format";
import classes from "./Controls.module.css";
import { type Bar, DEFAULT_EDGES, type Edges, edgesFrom, equalCount, equalWidth, readEdges } from "./edges";
import "@mantine/core/styles/Popover.layer.css";

interface EdgesControlProps {
  readonly edges: Edges;
  readonly bars: readonly Bar[];
  readonly onEdges: (edges: Edges) => void;
}

const BUCKETS = ["2", "4", "5", "10"];

const Cut = ({ edges, bars, onEdges }: EdgesControlProps) => {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const [buckets, setBuckets] = useState("4");
  return (
    <div className={classes.cut}>
      <span className={classes.label}>
        Cut from {low} to {high} into
      </span>
      <SegmentedControl aria-label="Number of buckets" data={BUCKETS} value={buckets} onChange={setBuckets} />
      <div className={classes.row}>
        <Button variant="default" onClick={() => onEdges(equalWidth(low, high, Number(buckets)))}>
          Equal width
        </Button>
        <Button variant="default" onClick={() => onEdges(equalCount(bars, low, high, Number(buckets)))}>
          Equal count
        </Button>
      </div>
    </div>
  );
};

const ByHand = ({ edges, onEdges }: Omit<EdgesControlProps, "bars">) => {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? edges : readEdges(typed);
  const commit = () => {
    if (typeof read === "string") return;
    if (typed !== null) onEdges(read);
    setTyped(null);
  };
  return (
    <TextInput
      label="By hand"
      description="Fractions, lowest first"
      autoComplete="off"
      value={typed ?? edges.join(", ")}
      error={typeof read === "string" ? read : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
};

/** The borders of the buckets: cut evenly, or typed. The handles above the columns move each alone. */
export const EdgesControl = (props: EdgesControlProps) => (
  <Popover position="bottom-start" trapFocus returnFocus shadow="md">
    <Popover.Target>
      <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
        {counted(props.edges.length - 1, "bucket")}, {props.edges[0]} to {props.edges.at(-1)}
      </Button>
    </Popover.Target>
    <Popover.Dropdown className={classes.edges} aria-label="Bucket edges">
      <Cut {...props} />
      <ByHand {...props} />
      <Button variant="subtle" onClick={() => props.onEdges(edgesFrom(DEFAULT_EDGES))}>
        Back to 0.8, 0.85, 0.9, 0.95, 1
      </Button>
    </Popover.Dropdown>
  </Popover>
);
