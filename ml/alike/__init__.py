"""Pictures that are alike: nearly the same ones of a dataset in groups, and those most like a given one."""
