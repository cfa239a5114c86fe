import { Checkbox, MultiSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { jobQuery } from "./api";
import { Field, type Form } from "./Field";
import classes from "./JobForm.module.css";

const WRONG = [
  { value: "disconfirmed", label: "Wrong", description: "The reviewers agreed" },
  { value: "split", label: "Split", description: "Right for some, wrong for others" },
  { value: "unsure", label: "Unsure", description: "They could not tell" },
] as const;

const Labels = ({ form }: { form: Form }) => {
  const { from_job } = form.values;
  const check = useQuery({ ...jobQuery(from_job), enabled: from_job !== "" });
  return (
    <Field title="Labels" hint="that are to be corrected">
      <Checkbox.Group
        label={check.data ? `Those of ${check.data.name} that were` : "Those that were"}
        {...form.getInputProps("outcomes")}
      >
        <div className={classes.stack}>
          {WRONG.map((one) => (
            <Checkbox key={one.value} {...one} />
          ))}
        </div>
      </Checkbox.Group>
      <MultiSelect
        label="Labelled as"
        data={(check.data?.by_class ?? []).map(({ label_class: { id, name } }) => ({
          value: id,
          label: name,
        }))}
        placeholder={form.values.label_classes.length === 0 ? "All classes" : undefined}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        {...form.getInputProps("label_classes")}
      />
      <div className={classes.row}>
        <TextInput
          label="At most, a class"
          inputMode="numeric"
          placeholder="all"
          {...form.getInputProps("cap_per_class")}
        />
      </div>
    </Field>
  );
};

const SIZES = ["5", "10", "20"];

const Answers = ({ form }: { form: Form }) => {
  const own = form.values.batch_size;
  return (
    <>
      <Field title="In a batch" hint="labelled as one class">
        <SegmentedControl
          aria-label="Pictures in a batch"
          data={SIZES.includes(own) ? SIZES : [...SIZES, own]}
          {...form.getInputProps("batch_size")}
        />
      </Field>
      <Field title="Answers" hint="beside the classes">
        <Checkbox label="“Not sure”" {...form.getInputProps("allow_unsure", { type: "checkbox" })} />
        <Checkbox
          label="A new class may be named"
          description="One that the dataset does not have yet"
          {...form.getInputProps("allow_new_class", { type: "checkbox" })}
        />
      </Field>
    </>
  );
};

/** What a job in which classes are corrected is asked before its start. */
export const Corrections = ({ form }: { form: Form }) => (
  <>
    <Labels form={form} />
    <Answers form={form} />
  </>
);
