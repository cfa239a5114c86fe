import { Button, Group } from "@mantine/core";
import { IconFileUpload, IconFolderUp, IconUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { chosenFiles, droppedFiles, type Given } from "@/shared/lib/dropped";
import classes from "./Dropzone.module.css";

interface DropzoneProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onGiven: (given: Given[]) => void;
}

const useDrop = (onGiven: DropzoneProps["onGiven"]) => {
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onGiven(await droppedFiles(event.dataTransfer));
  };
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => void drop(event),
    },
  };
};

/** Takes files and folders: dropped, or chosen with the buttons, which also work by keyboard. */
export const Dropzone = ({ title, children, onGiven }: DropzoneProps) => {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { over, handlers } = useDrop(onGiven);
  const take = (input: HTMLInputElement) => {
    onGiven(chosenFiles(input.files ?? []));
    input.value = "";
  };
  return (
    <section aria-label={title} className={classes.zone} data-over={over || undefined} {...handlers}>
      <IconUpload size={28} aria-hidden className={classes.icon} />
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.second}>{children}</div>}
      <Group gap="sm" justify="center">
        <Button
          variant="default"
          leftSection={<IconFileUpload size={16} aria-hidden />}
          onClick={() => files.current?.click()}
        >
          Choose files
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolderUp size={16} aria-hidden />}
          onClick={() => folder.current?.click()}
        >
          Choose a folder
        </Button>
      </Group>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder"
        onChange={(event) => take(event.currentTarget)}
        {...{ webkitdirectory: "" }}
      />
    </section>
  );
};
