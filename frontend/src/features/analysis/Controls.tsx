import { SegmentedControl, Switch, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, type RefObject, useId } from "react";
import { percent } from "@/shared/lib/format";
import classes from "./Controls.module.css";
import { OFFERED, parseRatio, type Ratio, ratioText, targetOf } from "./ratio";
import { useTyped } from "./useTyped";

const Field = ({ label, children }: { label: string; children: ReactNode }) => {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className={classes.field}>
      <span id={id} className={classes.label}>
        {label}
      </span>
      <div className={classes.row}>{children}</div>
    </fieldset>
  );
};

const isNumber = (text: string): boolean => parseRatio(`${text}:1`) !== null;

const Part = ({
  label,
  value,
  onValue,
}: {
  label: string;
  value: number;
  onValue: (value: number) => void;
}) => {
  const typed = useTyped(`${value}`, (text) => {
    if (isNumber(text)) onValue(Number(text));
  });
  return (
    <TextInput
      aria-label={label}
      inputMode="numeric"
      className={classes.part}
      error={!isNumber(typed.value)}
      {...typed}
    />
  );
};

interface RatioFieldProps {
  readonly ratio: Ratio;
  readonly onRatio: (ratio: Ratio) => void;
}

const RatioField = ({ ratio, onRatio }: RatioFieldProps) => (
  <Field label="Acceptable ratio">
    <Part label="Wrong ones accepted" value={ratio.wrong} onValue={(wrong) => onRatio({ ...ratio, wrong })} />
    <span>wrong per</span>
    <Part label="Right ones to them" value={ratio.right} onValue={(right) => onRatio({ ...ratio, right })} />
    <span>right</span>
    <span className={classes.second}>= {percent(100 * targetOf(ratio))} correct</span>
    <SegmentedControl
      // Drawn anew for a ratio of one's own: a radio that was chosen would stay so in the browser.
      key={OFFERED.includes(ratioText(ratio)) ? "offered" : "own"}
      aria-label="Offered ratios"
      data={OFFERED.map((text) => ({ value: text, label: text.replace(":", " : ") }))}
      value={ratioText(ratio)}
      onChange={(text) => onRatio(parseRatio(text) ?? ratio)}
    />
  </Field>
);

interface ControlsProps extends RatioFieldProps {
  readonly published: boolean;
  readonly onPublished: (published: boolean) => void;
  readonly unclear: boolean;
  readonly onUnclear: (unclear: boolean) => void;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** What the table is asked: how good is good enough, which buckets, which classes. */
export const Controls = (props: ControlsProps) => (
  <div className={classes.controls}>
    <RatioField ratio={props.ratio} onRatio={props.onRatio} />
    <Field label="Class average">
      <Switch
        label="Empty buckets as 0"
        checked={props.published}
        onChange={(event) => props.onPublished(event.currentTarget.checked)}
      />
    </Field>
    <Field label="Classes">
      <TextInput
        ref={props.search}
        aria-label="Filter classes by name"
        placeholder="Name"
        className={classes.search}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={props.name}
        onChange={(event) => props.onName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") props.onName("");
        }}
      />
      <Switch
        label="Cannot tell yet"
        checked={props.unclear}
        onChange={(event) => props.onUnclear(event.currentTarget.checked)}
      />
    </Field>
  </div>
);
