import {
  IconArrowsSplit2,
  IconCheck,
  IconClock,
  IconQuestionMark,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import { Badge, type Tone } from "@/shared/ui/Badge";
import type { Outcome } from "./api";
import { OUTCOME_WORDS } from "./words";

const MARKS: Record<Outcome, readonly [tone: Tone, icon: TablerIcon]> = {
  confirmed: ["ok", IconCheck],
  disconfirmed: ["wrong", IconX],
  split: ["wrong", IconArrowsSplit2],
  unsure: ["unsure", IconQuestionMark],
  pending: ["quiet", IconClock],
};

/** An outcome by shape, word and colour. */
export const OutcomeMark = ({ outcome }: { outcome: Outcome }) => {
  const [tone, Icon] = MARKS[outcome];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {OUTCOME_WORDS[outcome]}
    </Badge>
  );
};
