import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { Outline, type OutlineProps } from "./Outline";
import classes from "./Picture.module.css";

interface PictureProps {
  readonly src: string;
  /** Empty where the name stands beside it. */
  readonly alt: string;
  /** Lies over the picture. */
  readonly outline?: OutlineProps;
  /** Fetch it only when it comes near the window. */
  readonly lazy?: boolean;
}

/** A picture fitted whole into the box around it, on a mat that shows where its shape differs. */
export const Picture = ({ src, alt, outline, lazy = false }: PictureProps) => {
  const [failed, setFailed] = useState("");
  return (
    <span className={classes.mat}>
      {failed === src ? (
        <span className={classes.failed} role="img" aria-label={`${alt} Picture did not load`.trim()}>
          <IconPhotoOff size={18} aria-hidden />
        </span>
      ) : (
        <>
          <img
            src={src}
            alt={alt}
            className={classes.picture}
            decoding="async"
            loading={lazy ? "lazy" : undefined}
            draggable={false}
            onError={() => setFailed(src)}
          />
          {outline && <Outline {...outline} />}
        </>
      )}
    </span>
  );
};
