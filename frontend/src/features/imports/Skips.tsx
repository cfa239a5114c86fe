import { Button, NativeSelect } from "@mantine/core";
import {
  IconCopy,
  IconDownload,
  IconFileOff,
  IconInfoCircle,
  IconPhotoOff,
  type TablerIcon,
} from "@tabler/icons-react";
import { count, counted } from "@/shared/lib/format";
import type { Import, MissingImages, Skip } from "./api";
import classes from "./Panels.module.css";
import { MISSING } from "./StartImport";
import type { Changes } from "./useChanges";
import { skipTitle } from "./words";

const iconOf = ({ code }: Skip): TablerIcon => {
  if (code === "duplicate" || code === "entry_twice") return IconCopy;
  return code.includes("picture") || code === "matches_many" ? IconPhotoOff : IconFileOff;
};

const SkipRow = ({ skip }: { skip: Skip }) => {
  const Icon = iconOf(skip);
  return (
    <li className={classes.skip}>
      <Icon size={18} aria-hidden className={classes.skipIcon} />
      <span className={classes.skipWords}>
        <span className={classes.strong}>{skipTitle(skip)}</span>
        {skip.reason !== "" && <span className={classes.second}>{skip.reason}</span>}
      </span>
      <span className={classes.figure}>{count(skip.rows)}</span>
    </li>
  );
};

/** The rows that are not taken, by reason, with the whole list to keep. */
export const SkipList = ({ work, verb }: { work: Import; verb: string }) => (
  <>
    <div className={classes.titled}>
      <h2 id="skips" className={classes.heading}>
        {work.counts.rejected === 0 ? "No rows" : counted(work.counts.rejected, "row")} {verb}
      </h2>
      {work.counts.rejected > 0 && (
        <Button
          variant="default"
          size="xs"
          component="a"
          href={work.rejected_url}
          download
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          List
        </Button>
      )}
    </div>
    <ul>
      {work.skips.map((skip) => (
        <SkipRow key={skip.code} skip={skip} />
      ))}
    </ul>
  </>
);

/** What is worth knowing and stops nothing. */
export const Notices = ({ work }: { work: Import }) => (
  <ul className={classes.notices}>
    {work.notices.map((notice) => (
      <li key={notice.code} className={classes.notice}>
        <IconInfoCircle size={16} aria-hidden />
        <span>{notice.text}</span>
      </li>
    ))}
  </ul>
);

const hasMissing = (work: Import): boolean =>
  work.missing_images !== "reject" || work.skips.some((skip) => skip.code === "picture_not_found");

/** What will be skipped and why, before anything is written; missing pictures can be dealt with here. */
export const Skips = ({ work, changes }: { work: Import; changes: Changes }) => (
  <section aria-labelledby="skips" className={classes.panel}>
    <SkipList work={work} verb="will be skipped" />
    {hasMissing(work) && (
      <NativeSelect
        label="When a picture is missing"
        data={[...MISSING]}
        value={changes.draft.missing_images ?? work.missing_images}
        onChange={(event) => changes.change({ missing_images: event.currentTarget.value as MissingImages })}
      />
    )}
    <Notices work={work} />
  </section>
);
