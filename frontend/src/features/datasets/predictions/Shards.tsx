import type { Run, Shard } from "./api";
import classes from "./Predictions.module.css";
import { filled, shardWords } from "./words";

const Cell = ({ shard }: { shard: Shard }) => (
  <span
    className={classes.shard}
    data-state={shard.state}
    data-anew={shard.attempts > 1 || undefined}
    style={{ "--filled": `${100 * filled(shard)}%` } as React.CSSProperties}
  />
);

/** A cell for each shard, filled as far as it is; dashed where it was begun anew. The words say the same. */
export const Shards = ({ shards }: { shards: Run["shards"] }) => (
  <div>
    <div aria-hidden className={classes.shards}>
      {shards.first.map((shard) => (
        <Cell key={shard.number} shard={shard} />
      ))}
    </div>
    <p className={classes.small}>{shardWords(shards)}</p>
  </div>
);
