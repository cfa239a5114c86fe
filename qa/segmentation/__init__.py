"""People outline objects on pictures. How a model draws a mask from a prompt is in `ml/masks`."""
