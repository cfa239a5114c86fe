import { Button, Group, NativeSelect, Progress, Stack, TextInput } from "@mantine/core";
import { IconFileText, IconPhoto, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Unreachable } from "@/shared/api/problem";
import type { Given } from "@/shared/lib/dropped";
import { bytesWords, counted } from "@/shared/lib/format";
import { Dropzone } from "@/shared/ui/Dropzone";
import { Refused } from "@/shared/ui/Problems";
import type { MissingImages } from "./api";
import classes from "./StartImport.module.css";
import { joinGiven, type Sorted, sortGiven } from "./sorting";
import { useUpload } from "./useUpload";

/** Where the pictures are that a label file names. */
export type Place = "upload" | "root" | "s3" | "none";

export interface Options {
  readonly place: Place;
  readonly image_root: string;
  readonly s3_uri: string;
  readonly missing_images: MissingImages;
  readonly source: string;
}

const OPTIONS: Options = {
  place: "upload",
  image_root: "",
  s3_uri: "",
  missing_images: "reject",
  source: "",
};

const PLACES: readonly { value: Place; label: string }[] = [
  { value: "upload", label: "In this upload" },
  { value: "root", label: "In a folder of the server" },
  { value: "s3", label: "In an S3 bucket" },
  { value: "none", label: "Nowhere yet: keep the paths" },
];

export const MISSING: readonly { value: MissingImages; label: string }[] = [
  { value: "reject", label: "Skip the row" },
  { value: "placeholder", label: "Draw a stand-in with its path" },
  { value: "reference", label: "Keep the path, look later" },
];

interface FileRowProps {
  readonly icon: typeof IconPhoto;
  readonly name: string;
  readonly detail: string;
  readonly onRemove: () => void;
}

const FileRow = ({ icon: Icon, name, detail, onRemove }: FileRowProps) => (
  <li className={classes.file}>
    <Icon size={20} aria-hidden />
    <span className={classes.fileName}>{name}</span>
    <span className={classes.detail}>{detail}</span>
    <Button variant="subtle" aria-label={`Remove ${name}`} onClick={onRemove} px={8}>
      <IconX size={16} aria-hidden />
    </Button>
  </li>
);

const bytesOf = (files: readonly Given[]): number => files.reduce((sum, { file }) => sum + file.size, 0);

interface FilesProps {
  readonly sorted: Sorted;
  readonly onRemove: (files: readonly Given[]) => void;
}

const Files = ({ sorted: { labels, zip, pictures, refused }, onRemove }: FilesProps) => (
  <div aria-live="polite">
    <ul aria-label="Files to import">
      {labels && (
        <FileRow
          icon={IconFileText}
          name={labels.path}
          detail={`Labels, ${bytesWords(labels.file.size)}`}
          onRemove={() => onRemove([labels])}
        />
      )}
      {zip && (
        <FileRow
          icon={IconPhoto}
          name={zip.path}
          detail={`Pictures, ${bytesWords(zip.file.size)}`}
          onRemove={() => onRemove([zip])}
        />
      )}
      {pictures.length > 0 && (
        <FileRow
          icon={IconPhoto}
          name={counted(pictures.length, "picture")}
          detail={bytesWords(bytesOf(pictures))}
          onRemove={() => onRemove(pictures)}
        />
      )}
    </ul>
    {refused.map((sentence) => (
      <p key={sentence} className={classes.refused}>
        {sentence}
      </p>
    ))}
  </div>
);

interface ChoicesProps {
  readonly options: Options;
  readonly hasLabels: boolean;
  readonly onChange: (more: Partial<Options>) => void;
}

const Choices = ({ options, hasLabels, onChange }: ChoicesProps) => (
  <div className={classes.choices}>
    <NativeSelect
      label="The pictures are"
      data={PLACES.filter(({ value }) => hasLabels || value !== "none")}
      value={options.place}
      onChange={(event) => onChange({ place: event.currentTarget.value as Place })}
    />
    {options.place === "root" && (
      <TextInput
        label="Folder on the server"
        description="Below the folder that the server may read"
        value={options.image_root}
        onChange={(event) => onChange({ image_root: event.currentTarget.value })}
      />
    )}
    {options.place === "s3" && (
      <TextInput
        label="Bucket and prefix"
        placeholder="s3://bucket/prefix"
        value={options.s3_uri}
        onChange={(event) => onChange({ s3_uri: event.currentTarget.value })}
      />
    )}
    {hasLabels && options.place !== "none" && (
      <NativeSelect
        label="When a picture is missing"
        data={[...MISSING]}
        value={options.missing_images}
        onChange={(event) => onChange({ missing_images: event.currentTarget.value as MissingImages })}
      />
    )}
    <TextInput
      label="Source"
      description="Who says this; the file's name when left empty"
      value={options.source}
      maxLength={300}
      onChange={(event) => onChange({ source: event.currentTarget.value })}
    />
  </div>
);

/** What is still missing before anything can go up; empty when it can. */
const missing = ({ labels, zip, pictures }: Sorted, { place, image_root, s3_uri }: Options): string => {
  if (place === "root" && image_root.trim() === "") return "Name the folder on the server.";
  if (place === "s3" && !/^s3:\/\/[^/\s]+/.test(s3_uri)) return "Name the bucket as s3://bucket/prefix.";
  if (labels || place === "root" || place === "s3") return "";
  return zip || pictures.length > 0 ? "" : "Choose a label file, pictures, or both.";
};

/** Says how far packing and sending are; nothing is imported until all has arrived. */
const Sending = ({ upload }: { upload: ReturnType<typeof useUpload> }) => {
  const { step, done, total } = upload.progress;
  const words =
    step === "packing"
      ? `Packing pictures, ${done} of ${total}`
      : `Sending ${bytesWords(done)} of ${bytesWords(total)}`;
  return (
    <Stack gap="sm">
      <p role="status">{words}</p>
      <Progress value={total ? (100 * done) / total : 0} size={8} aria-label={words} />
      <Group justify="space-between">
        <span className={classes.detail}>Keep this page open until the files are sent.</span>
        <Button variant="default" onClick={upload.stop}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
};

interface StartImportProps {
  readonly dataset: string;
  readonly given: readonly Given[];
  readonly onGiven: (given: readonly Given[]) => void;
}

/** Files, where their pictures are, and the button that sends them to be checked. */
export const StartImport = ({ dataset, given, onGiven }: StartImportProps) => {
  const navigate = useNavigate();
  const [options, setOptions] = useState(OPTIONS);
  const sorted = sortGiven(given);
  const upload = useUpload((work) =>
    navigate({
      to: "/datasets/$dataset/import",
      params: { dataset },
      search: { work: work.id },
      replace: true,
    }),
  );
  const why = missing(sorted, options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why === "") upload.start(dataset, sorted, options);
  };
  const hasFiles = given.length > 0;
  return (
    <form className={classes.start} onSubmit={submit}>
      <Dropzone
        title={hasFiles ? "Add or replace files" : "Drop labels and pictures here"}
        onGiven={(files) => onGiven(joinGiven(given, files))}
      >
        A CSV or JSON Lines file, or what COCO, Label Studio or FiftyOne wrote; and its pictures as a zip or a
        folder. A folder for each class needs no file.
      </Dropzone>
      <Files sorted={sorted} onRemove={(files) => onGiven(given.filter((one) => !files.includes(one)))} />
      <Choices
        options={options}
        hasLabels={sorted.labels !== null}
        onChange={(more) => setOptions({ ...options, ...more })}
      />
      <Refused error={upload.error} />
      {upload.error instanceof Unreachable && (
        <p className={classes.refused}>Upload again; nothing was imported.</p>
      )}
      {upload.busy ? (
        <Sending upload={upload} />
      ) : (
        <Group justify="space-between" gap="sm">
          <span className={classes.detail}>
            {why || "The next page shows what would be imported. Nothing is written before you say so."}
          </span>
          <Button type="submit" disabled={why !== ""}>
            Send and check
          </Button>
        </Group>
      )}
    </form>
  );
};
