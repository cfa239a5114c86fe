"""No Django here. What the files of a network are called whose encoder was fine-tuned here: a graph, and
beside it the numbers that it reads, as the built-in one has them (`shipped`)."""

GRAPH, NUMBERS = "tuned.onnx", "tuned.safetensors"
