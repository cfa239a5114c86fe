"""No Django here. How networks are trained and judged; each program opens with the command that runs it."""
