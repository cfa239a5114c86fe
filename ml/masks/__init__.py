"""Prompts in, masks out. What people do with masks on a picture is in `qa/segmentation`."""
