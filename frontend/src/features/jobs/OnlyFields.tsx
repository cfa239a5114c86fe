import { Checkbox, Radio, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { counted } from "@/shared/lib/format";
import { datasetQuery } from "./api";
import { Field, type Form } from "./Field";
import { CHECKS } from "./form";
import classes from "./JobForm.module.css";
import { ORDERS } from "./words";

const BELOW_INPUT: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

/** What two versions of a model, or two files, say differently. */
const Changed = ({ form }: { form: Form }) => {
  const { dataset, source, changed_since, crossed } = form.values;
  const found = useQuery(datasetQuery(dataset));
  const others = (found.data?.sources ?? []).filter((one) => one.source !== source);
  const known = others.some((one) => one.source === changed_since) || changed_since === "";
  const data = others.map((one) => ({
    value: one.source,
    label: `${one.source}, ${counted(one.labels, "label")}`,
  }));
  return (
    <>
      <Select
        label="What changed since"
        description="Labels whose class this other source did not give the picture"
        inputWrapperOrder={BELOW_INPUT}
        data={known ? data : [{ value: changed_since, label: changed_since }, ...data]}
        placeholder={others.length === 0 ? "No other source" : "Changed or not"}
        clearable
        clearButtonProps={{ "aria-label": "Changed or not" }}
        value={changed_since || null}
        error={form.errors.changed_since ?? CHECKS.changed_since(changed_since, form.values)}
        onChange={(since) => form.setFieldValue("changed_since", since ?? "")}
      />
      {changed_since !== "" && (
        <TextInput
          label="or whose confidence crossed"
          description="The class stayed, and its confidence is now on the other side of this"
          inputWrapperOrder={BELOW_INPUT}
          inputMode="decimal"
          placeholder="no matter"
          {...form.getInputProps("crossed")}
          error={form.errors.crossed ?? CHECKS.crossed(crossed, form.values)}
        />
      )}
    </>
  );
};

/** Which of the chosen labels are worth asking about. */
export const Only = ({ form }: { form: Form }) => (
  <Field title="Only" hint="the rest is left out">
    <Changed form={form} />
    <Checkbox
      label="Only what nobody has judged yet"
      description="Leaves out what another job judged, or a person named: the same class on the same picture"
      {...form.getInputProps("unjudged", { type: "checkbox" })}
    />
    <Checkbox label="Only labels with a mask" {...form.getInputProps("with_mask", { type: "checkbox" })} />
  </Field>
);

/** What is dealt first, and with a limit for each class what is dealt at all. */
export const Order = ({ form }: { form: Form }) => (
  <Field title="Order" hint="inside a class; with a limit, also what is left out">
    <Radio.Group aria-label="Order inside a class" {...form.getInputProps("order")}>
      <div className={classes.stack}>
        {Object.entries(ORDERS).map(([order, { word, good }]) => (
          <Radio key={order} value={order} label={word} description={good} />
        ))}
      </div>
    </Radio.Group>
  </Field>
);
