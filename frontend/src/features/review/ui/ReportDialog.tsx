import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/shared/ui/Dialog";

const LONGEST = 1000;

interface ReportProps {
  readonly index: number;
  readonly note: string;
  readonly onSave: (note: string) => void;
  readonly onClose: () => void;
}

const Report = ({ note, onSave, onClose }: Omit<ReportProps, "index">) => {
  const [text, setText] = useState(note);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave(text);
    onClose();
  };
  return (
    <form onSubmit={save}>
      <Textarea
        label="What is the matter with it"
        description="Whoever runs this job reads it beside the picture."
        data-autofocus
        autosize
        minRows={3}
        maxLength={LONGEST}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" mt="md" disabled={text.trim() === note}>
        {text.trim() === "" && note !== "" ? "Take the note back" : "Keep the note"}
      </Button>
    </form>
  );
};

/** A note on a picture. It is kept with the mark and travels with it. */
export const ReportDialog = ({ index, ...report }: ReportProps) => (
  <Dialog opened onClose={report.onClose} title={`Report picture ${index + 1}`}>
    <Report {...report} />
  </Dialog>
);
