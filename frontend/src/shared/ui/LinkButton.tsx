import { Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type AnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & {
    readonly ref?: Ref<HTMLAnchorElement>;
  };

const AnchorButton = (props: AnchorProps) => <Button component="a" {...props} />;

/** A link to a screen that looks like a button; its address is checked like that of any `Link`. */
export const LinkButton = createLink(AnchorButton);
