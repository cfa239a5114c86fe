import { Button, MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { reasonOf } from "@/shared/api/problem";
import { addClass, datasetQuery, datasetsQuery, jobQuery } from "./api";
import { Field, type Form } from "./Field";
import classes from "./JobForm.module.css";

export const DatasetSelect = ({ form }: { form: Form }) => {
  const datasets = useQuery(datasetsQuery);
  const choose = (id: string | null) =>
    form.setValues({ dataset: id ?? "", source: "", changed_since: "", label_classes: [], examples: [] });
  return (
    <Select
      label="Dataset"
      data={(datasets.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={datasets.data?.length === 0 ? "No datasets yet" : "Choose a dataset"}
      searchable
      allowDeselect={false}
      {...form.getInputProps("dataset")}
      onChange={choose}
    />
  );
};

/** Where the pictures come from: a dataset, or a check that found masks wrong. */
const Origin = ({ form }: { form: Form }) => {
  const { from_job } = form.values;
  const check = useQuery({ ...jobQuery(from_job), enabled: from_job !== "" });
  if (from_job === "") return <DatasetSelect form={form} />;
  return (
    <p>
      Those with a wrong or disputed mask of <strong>{check.data?.name}</strong>. The editor opens with these
      masks, to be corrected; those found right are shown locked.
    </p>
  );
};

const Pictures = ({ form }: { form: Form }) => (
  <Field title="Pictures" hint={form.values.from_job ? "with masks to correct" : "with labels or without"}>
    <Origin form={form} />
    <div className={classes.row}>
      <TextInput
        label="At most"
        inputMode="numeric"
        placeholder="all"
        {...form.getInputProps("cap_per_class")}
      />
    </div>
  </Field>
);

/** Makes the class at once; where only some are chosen it is one of them. */
const useNewClass = (form: Form) => {
  const client = useQueryClient();
  const { dataset } = form.values;
  return useMutation({
    mutationFn: (name: string) => addClass(dataset, name),
    onSuccess: ({ id }) => {
      form.setFieldValue("label_classes", (chosen) => (chosen.length > 0 ? [...chosen, id] : chosen));
      const changed = [["datasets"], ["job-preview"]];
      return Promise.all(changed.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
};

const NewClass = ({ form }: { form: Form }) => {
  const [name, setName] = useState("");
  const make = useNewClass(form);
  const ready = name.trim() !== "" && form.values.dataset !== "" && !make.isPending;
  const add = () => ready && make.mutate(name.trim(), { onSuccess: () => setName("") });
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return (
    <div className={classes.example}>
      <TextInput
        aria-label="Name of a new class"
        placeholder="Another class"
        autoComplete="off"
        style={{ flex: 1 }}
        value={name}
        error={make.isError ? reasonOf(make.error) : undefined}
        onChange={(event) => {
          make.reset();
          setName(event.currentTarget.value);
        }}
        onKeyDown={onEnter}
      />
      <Button variant="default" size="md" loading={make.isPending} disabled={!ready} onClick={add}>
        Add class
      </Button>
    </div>
  );
};

const Objects = ({ form }: { form: Form }) => {
  const dataset = useQuery(datasetQuery(form.values.dataset));
  const named = dataset.data?.by_class ?? [];
  const none = named.length === 0 ? "None named yet" : "All classes";
  return (
    <Field title="Objects" hint="what they are called">
      <MultiSelect
        label="Classes"
        data={named.map(({ label_class }) => ({ value: label_class.id, label: label_class.name }))}
        placeholder={form.values.label_classes.length === 0 ? none : undefined}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        {...form.getInputProps("label_classes")}
      />
      <NewClass form={form} />
    </Field>
  );
};

const ANNOTATORS = ["1", "2", "3"];

const Copies = ({ form }: { form: Form }) => {
  const own = form.values.reviewers_per_item;
  return (
    <Field title="Outlined by" hint="so many, each alone">
      <SegmentedControl
        aria-label="Annotators for each picture"
        data={ANNOTATORS.includes(own) ? ANNOTATORS : [...ANNOTATORS, own]}
        {...form.getInputProps("reviewers_per_item")}
      />
      {own !== "1" && (
        <p className={classes.hint}>Each draws alone; what all of them drew is kept and exported.</p>
      )}
    </Field>
  );
};

/** What a job in which people outline is asked before its start. */
export const Outlines = ({ form }: { form: Form }) => (
  <>
    <Pictures form={form} />
    <Objects form={form} />
    <Copies form={form} />
  </>
);
