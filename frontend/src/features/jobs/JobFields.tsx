import {
  Button,
  Checkbox,
  MultiSelect,
  Radio,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count, counted, listed } from "@/shared/lib/format";
import { datasetQuery, type Example, type Person, peopleQuery, teamsQuery } from "./api";
import { Corrections } from "./CorrectFields";
import { Field, type Form } from "./Field";
import classes from "./JobForm.module.css";
import { Only, Order } from "./OnlyFields";
import { DatasetSelect, Outlines } from "./OutlineFields";
import "@mantine/core/styles/Radio.layer.css";

const NameField = ({ form }: { form: Form }) => (
  <Field title="Name">
    <TextInput
      aria-label="Name"
      placeholder={WORDS[form.values.kind].name}
      autoComplete="off"
      {...form.getInputProps("name")}
    />
  </Field>
);

const Images = ({ form }: { form: Form }) => {
  const dataset = useQuery(datasetQuery(form.values.dataset));
  const sources = dataset.data?.sources ?? [];
  const labelClasses = dataset.data?.by_class ?? [];
  return (
    <Field title="Labels" hint="which of them are checked">
      <DatasetSelect form={form} />
      <Select
        label="Source"
        data={sources.map(({ source, labels }) => ({
          value: source,
          label: `${source}, ${counted(labels, "label")}`,
        }))}
        placeholder="All sources"
        clearable
        clearButtonProps={{ "aria-label": "All sources" }}
        value={form.values.source || null}
        error={form.errors.source}
        onChange={(source) => form.setFieldValue("source", source ?? "")}
      />
      <MultiSelect
        label="Classes"
        data={labelClasses.map(({ label_class, labels }) => ({
          value: label_class.id,
          label: `${label_class.name}, ${count(labels)}`,
        }))}
        placeholder={form.values.label_classes.length === 0 ? "All classes" : undefined}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        {...form.getInputProps("label_classes")}
      />
      <div className={classes.row}>
        <TextInput
          label="Confidence from"
          inputMode="decimal"
          placeholder="any"
          {...form.getInputProps("min_confidence")}
        />
        <TextInput
          label="below"
          inputMode="decimal"
          placeholder="any"
          {...form.getInputProps("max_confidence")}
        />
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

const SIZES = ["9", "16", "25", "36", "49"];
const OPINIONS = ["1", "2", "3", "5"];

/** Keeps a value that another client set (7 opinions by the API) among the choices. */
const withOwn = (choices: readonly string[], own: string): string[] =>
  choices.includes(own) ? [...choices] : [...choices, own].sort((a, b) => Number(a) - Number(b));

const Batches = ({ form }: { form: Form }) => (
  <>
    <Field title="In a batch" hint="one class at a time">
      <SegmentedControl
        aria-label="Pictures in a batch"
        data={withOwn(SIZES, form.values.batch_size)}
        {...form.getInputProps("batch_size")}
      />
    </Field>
    <Order form={form} />
    <Field title="Opinions" hint="for each picture">
      <SegmentedControl
        aria-label="Opinions for each picture"
        data={withOwn(OPINIONS, form.values.reviewers_per_item)}
        {...form.getInputProps("reviewers_per_item")}
      />
      {form.values.reviewers_per_item !== "1" && (
        <Radio.Group aria-label="When opinions differ" {...form.getInputProps("rule")}>
          <div className={classes.stack}>
            <Radio value="unanimous" label="All must agree" description="Otherwise the picture is split" />
            <Radio
              value="majority"
              label="The majority decides"
              description="More than half of all opinions"
            />
          </div>
        </Radio.Group>
      )}
    </Field>
  </>
);

const nameOf = (person: Person): string => person.name || person.username;

const isIn = (team: string) => (person: Person) => team === "" || person.teams.some(({ id }) => id === team);

const WORDS = {
  verification: {
    name: "Fruit and vegetable check",
    people: "Reviewers",
    returns: "A batch returns to the queue after (minutes)",
    kept: "If nobody works on it for that long; the marks are kept",
    guide: "What counts as right",
    beside: "shown beside the class",
    such: "Green all over, round and firm. No yellow cast.",
  },
  correction: {
    name: "Fruit and vegetable corrections",
    people: "Labelers",
    returns: "A batch returns to the queue after (minutes)",
    kept: "If nobody works on it for that long; the answers are kept",
    guide: "How to tell the classes apart",
    beside: "one key away",
    such: "A satsuma has loose skin, an orange does not.",
  },
  segmentation: {
    name: "Fruit and vegetable outlines",
    people: "Annotators",
    returns: "A picture returns to the queue after (minutes)",
    kept: "If nobody works on it for that long; what was drawn is kept",
    guide: "What to outline, and how",
    beside: "shown beside the picture",
    such: "One fruit at a time, stalks included. Leave out what is hidden.",
  },
} as const;

const Reviewers = ({ form }: { form: Form }) => {
  const teams = useQuery(teamsQuery);
  const people = useQuery(peopleQuery);
  const { team, people: picked, kind } = form.values;
  const words = WORDS[kind];
  const labelers = (people.data ?? []).filter((person) => person.is_active && person.role === "labeler");
  const members = listed(labelers.filter(isIn(team)).map(nameOf));
  return (
    <Field title={words.people}>
      <Select
        label="Team"
        data={(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={picked.length > 0 ? "Of the people below" : "All labelers"}
        clearable
        clearButtonProps={{ "aria-label": "All labelers" }}
        description={
          people.data && picked.length === 0 && (members || "No active labeler is in this team yet")
        }
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={team || null}
        error={form.errors.team}
        onChange={(chosen) => form.setValues({ team: chosen ?? "", people: [] })}
      />
      <MultiSelect
        label="or single people"
        description="They become a team of their own, unless there is one of exactly these"
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={labelers.map((person) => ({ value: person.id, label: nameOf(person) }))}
        placeholder={picked.length === 0 ? "Pick people" : undefined}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "Nobody in particular" }}
        value={picked}
        error={form.errors.people}
        onChange={(chosen) => form.setValues({ team: "", people: chosen })}
      />
      <TextInput
        label={words.returns}
        description={words.kept}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
        {...form.getInputProps("lease_minutes")}
      />
    </Field>
  );
};

const Examples = ({ form }: { form: Form }) => {
  const drop = (image: string) =>
    form.setFieldValue(
      "examples",
      form.values.examples.filter((example) => example.image !== image),
    );
  const caption = (image: string, text: string) =>
    form.setFieldValue(
      "examples",
      form.values.examples.map((one): Example => (one.image === image ? { ...one, caption: text } : one)),
    );
  if (form.values.examples.length === 0)
    return <p className={classes.hint}>Choose pictures of right and wrong in the preview of a batch.</p>;
  return (
    <ul className={classes.stack}>
      {form.values.examples.map((example, index) => (
        <li key={example.image} className={classes.example}>
          <span className={classes.exampleWord}>{example.right ? "Right" : "Wrong"}</span>
          <TextInput
            aria-label={`Caption of example ${index + 1}, ${example.right ? "right" : "wrong"}`}
            placeholder="Why, in a few words"
            style={{ flex: 1 }}
            value={example.caption ?? ""}
            onChange={(event) => caption(example.image, event.currentTarget.value)}
          />
          <Button variant="default" size="md" onClick={() => drop(example.image)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
};

const Guide = ({ form }: { form: Form }) => {
  const words = WORDS[form.values.kind];
  return (
    <Field title="Guide" hint={words.beside}>
      <Textarea
        label={words.guide}
        description="Markdown; no HTML"
        placeholder={words.such}
        autosize
        minRows={2}
        maxRows={12}
        {...form.getInputProps("instructions")}
      />
      {form.values.kind === "verification" && <Examples form={form} />}
    </Field>
  );
};

const Tiles = ({ form }: { form: Form }) => (
  <Field title="Tiles">
    <Radio.Group aria-label="What tiles start as" {...form.getInputProps("start_as")}>
      <div className={classes.stack}>
        <Radio value="confirm" label="Start as right" description="Reviewers mark only what is wrong" />
        <Radio
          value="none"
          label="Start with nothing chosen"
          description="Slower; every picture needs a mark"
        />
      </div>
    </Radio.Group>
    <Checkbox
      label="“Unsure” as a third answer"
      {...form.getInputProps("allow_unsure", { type: "checkbox" })}
    />
  </Field>
);

/** What people are to do. It cannot be changed once the job is made. */
const Kinds = ({ form }: { form: Form }) => (
  <Field title="Work">
    <Radio.Group aria-label="What people do" {...form.getInputProps("kind")}>
      <div className={classes.stack}>
        <Radio value="verification" label="Check labels" description="Right, wrong or unsure, in batches" />
        <Radio
          value="segmentation"
          label="Outline objects"
          description="A mask around each, a picture at a time"
        />
      </div>
    </Radio.Group>
  </Field>
);

const Checks = ({ form }: { form: Form }) => (
  <>
    <Images form={form} />
    <Only form={form} />
    <Batches form={form} />
  </>
);

/** What each kind is asked that is frozen at the start. */
const FROZEN = { verification: Checks, correction: Corrections, segmentation: Outlines } as const;

interface JobFieldsProps {
  readonly form: Form;
  /** A job that is not made yet is asked what kind of work it is. */
  readonly isNew?: boolean;
  /** Only those that are not frozen. */
  readonly started?: boolean;
}

/** All questions of a job. */
export const JobFields = ({ form, isNew = false, started = false }: JobFieldsProps) => {
  const { kind } = form.values;
  const Frozen = FROZEN[kind];
  return (
    <div className={classes.fields}>
      {isNew && kind !== "correction" && <Kinds form={form} />}
      <NameField form={form} />
      {!started && <Frozen form={form} />}
      <Reviewers form={form} />
      <Guide form={form} />
      {!started && kind === "verification" && <Tiles form={form} />}
    </div>
  );
};
