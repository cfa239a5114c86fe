"""No Django here. Ways from four points to a mask, all behind `protocol.Segmenter`."""
