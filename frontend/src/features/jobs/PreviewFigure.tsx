import classes from "./JobPreview.module.css";

export const Figure = ({ label, value, detail }: { label: string; value: string; detail: string }) => (
  <div>
    <dt className={classes.label}>{label}</dt>
    <dd className={classes.value}>{value}</dd>
    <dd className={classes.detail}>{detail}</dd>
  </div>
);
