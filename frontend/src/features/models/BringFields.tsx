import { Button, NativeSelect, Radio, Select, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconFileUpload } from "@tabler/icons-react";
import { type ReactNode, useId, useRef } from "react";
import { bytesWords, counted } from "@/shared/lib/format";
import classes from "./Bring.module.css";
import { FRAMINGS } from "./facts";
import { type BringForm, namesIn, SCALES } from "./form";
import "@mantine/core/styles/Radio.layer.css";

type Form = UseFormReturnType<BringForm>;

const Field = ({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) => {
  const id = useId();
  return (
    <fieldset className={classes.field} aria-labelledby={id}>
      <div id={id}>
        <span className={classes.title}>{title}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </div>
      <div className={classes.answers}>{children}</div>
    </fieldset>
  );
};

interface FileProps {
  readonly file: File | null;
  readonly error: ReactNode;
  readonly onFile: (file: File) => void;
}

const FileChoice = ({ file, error, onFile }: FileProps) => {
  const input = useRef<HTMLInputElement>(null);
  const problem = useId();
  return (
    <div>
      <div className={classes.row}>
        <Button
          variant="default"
          leftSection={<IconFileUpload size={16} aria-hidden />}
          aria-describedby={error ? problem : undefined}
          data-problem={Boolean(error) || undefined}
          onClick={() => input.current?.click()}
        >
          {file ? "Choose another file" : "Choose the ONNX file"}
        </Button>
        {file && (
          <span>
            {file.name}, {bytesWords(file.size)}
          </span>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".onnx"
        hidden
        aria-label="ONNX file"
        onChange={({ currentTarget: { files } }) => files?.[0] && onFile(files[0])}
      />
      {error && (
        <p id={problem} className={classes.refused}>
          {error}
        </p>
      )}
    </div>
  );
};

interface FieldsProps {
  readonly form: Form;
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
}

const TheFile = ({ form, file, onFile }: FieldsProps) => {
  const take = (chosen: File) => {
    form.clearFieldError("file");
    onFile(chosen);
    const bare = chosen.name.replace(/\.onnx$/i, "").replace(/[^\p{L}\p{N}_. +-]/gu, "-");
    if (form.values.name === "") form.setFieldValue("name", bare);
  };
  return (
    <Field title="File" hint="weights included">
      <NativeSelect
        aria-label="Where the file is"
        data={[
          { value: "upload", label: "On this computer" },
          { value: "server", label: "In the server's folder for weights" },
        ]}
        {...form.getInputProps("place")}
      />
      {form.values.place === "upload" ? (
        <FileChoice file={file} error={form.errors.file} onFile={take} />
      ) : (
        <TextInput
          label="Path below that folder"
          placeholder="fruitnet/model.onnx"
          description="Weights may lie beside it in files of their own"
          {...form.getInputProps("path")}
        />
      )}
      <TextInput
        label="SHA-256, if you know it"
        description="Another file than this one is refused"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("sha256")}
      />
    </Field>
  );
};

const Name = ({ form }: { form: Form }) => (
  <Field title="Name" hint="its labels will say it">
    <div className={classes.pair}>
      <TextInput label="Name" placeholder="fruitnet" autoComplete="off" {...form.getInputProps("name")} />
      <TextInput label="Version" autoComplete="off" {...form.getInputProps("version")} />
    </div>
    <p className={classes.hint}>
      Labels will have the source{" "}
      <code>
        model:{form.values.name.trim() || "name"}@{form.values.version.trim() || "version"}
      </code>
    </p>
  </Field>
);

const Classes = ({ form }: { form: Form }) => {
  const names = namesIn(form.values.classes);
  return (
    <Field title="Classes" hint="in the order of its outputs">
      <Textarea
        label="Names, one a line"
        description={
          names.length === 0 ? "As the dataset calls them" : counted(names.length, "class", "classes")
        }
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder={"Apple\nPear"}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        {...form.getInputProps("classes")}
      />
    </Field>
  );
};

const Input = ({ form }: { form: Form }) => {
  const { mean, std } = form.values;
  const scale = SCALES.find((one) => one.mean === mean && one.std === std)?.label ?? null;
  return (
    <Field title="Input" hint="what it sees of a picture">
      <TextInput
        label="Side of the square, in pixels"
        inputMode="numeric"
        className={classes.short}
        {...form.getInputProps("size")}
      />
      <Radio.Group label="A picture becomes a square by" {...form.getInputProps("framing")}>
        <div className={classes.stack}>
          {FRAMINGS.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </div>
      </Radio.Group>
      <Select
        label="Colours"
        placeholder="By hand, below"
        data={SCALES.map(({ label }) => label)}
        value={scale}
        allowDeselect={false}
        onChange={(chosen) => {
          const found = SCALES.find(({ label }) => label === chosen);
          if (found) form.setValues({ mean: found.mean, std: found.std });
        }}
      />
      <div className={classes.pair}>
        <TextInput label="Mean" inputMode="decimal" {...form.getInputProps("mean")} />
        <TextInput label="Standard deviation" inputMode="decimal" {...form.getInputProps("std")} />
      </div>
    </Field>
  );
};

const About = ({ form }: { form: Form }) => (
  <Field title="Card" hint="kept as you write it">
    <TextInput label="Architecture" placeholder="MobileNetV3 small" {...form.getInputProps("architecture")} />
    <TextInput
      label="Trained on"
      placeholder="2 640 pictures of groceries"
      {...form.getInputProps("trained_on")}
    />
    <div className={classes.pair}>
      <TextInput label="Licence" placeholder="Apache-2.0" {...form.getInputProps("licence")} />
      <TextInput label="Made by" placeholder="You" {...form.getInputProps("made_by")} />
    </div>
    <TextInput
      label="Temperature, if you fitted one"
      description="Logits are divided by it before softmax"
      inputMode="decimal"
      className={classes.short}
      {...form.getInputProps("temperature")}
    />
    <Textarea label="Notes" autosize minRows={2} maxRows={10} {...form.getInputProps("notes")} />
  </Field>
);

/** All that is declared of a model. */
export const BringFields = ({ form, file, onFile }: FieldsProps) => (
  <div>
    <TheFile form={form} file={file} onFile={onFile} />
    <Name form={form} />
    <Classes form={form} />
    <Input form={form} />
    <About form={form} />
  </div>
);
