import { count } from "@/shared/lib/format";
import { Empty } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import type { Preview } from "./api";
import classes from "./ExportsPage.module.css";
import type { Wish } from "./wish";

const COLUMNS = [
  { label: "Class" },
  { label: "On finished pictures", number: true },
  { label: "On others", number: true },
];

interface ObjectsProps {
  readonly wish: Wish;
  readonly objects: NonNullable<Preview["objects"]>;
}

/** What a file of outlines will hold: objects with a class and a mask that were accepted, by class. */
export const Objects = ({ wish, objects }: ObjectsProps) => {
  const all = objects.reduce((sum, { finished, unfinished }) => sum + finished + unfinished, 0);
  if (all === 0)
    return (
      <Empty title="No object is left">
        {wish.label_classes.length > 0
          ? "None of the chosen classes has an object that was accepted."
          : "Nobody has accepted an object yet."}
      </Empty>
    );
  return (
    <div className={classes.part}>
      <p className={classes.figure} role="status">
        <strong>{count(all)}</strong> {all === 1 ? "object" : "objects"},{" "}
        {wish.format === "csv" ? "with box and area, without masks" : "masks as they were drawn"}
      </p>
      <div className={classes.framed}>
        <Table caption="Objects by class" columns={COLUMNS}>
          {objects.map(({ label_class, finished, unfinished }) => (
            <tr key={label_class}>
              <td>{label_class}</td>
              <td data-number>{count(finished)}</td>
              <td data-number>{count(unfinished)}</td>
            </tr>
          ))}
        </Table>
      </div>
    </div>
  );
};
