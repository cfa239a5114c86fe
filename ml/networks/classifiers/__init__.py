"""No Django here. Networks that name what a picture shows; the pictures are arrays, the classes numbers."""
