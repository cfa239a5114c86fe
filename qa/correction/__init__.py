"""People give the right class to what a check found wrong. Masks are corrected in `qa.segmentation`."""
