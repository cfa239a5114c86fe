"""Shapes as numbers: masks, their run-length codes, boxes. numpy only, no Django here."""
