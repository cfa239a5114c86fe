"""No Django here. Four extreme points of the object in a box, when only the box is known.

The middles of the box's sides are shown to the network first; where it then sees the object nearest to
each side is that side's point. A segmenter that is no such network gets the middles.
"""

import numpy as np

from ml.networks.crops import Picture, Planes, close_up
from ml.networks.finish import at_size, chances
from ml.networks.prompts import OutsidePictureError, Points, Prompt, make_prompt
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.protocol import Segmenter

STRIP = 0.08  # of the box's side: how far from a side the object is looked for


def prompt_in_box(segmenter: Segmenter, picture: Picture, box: Points) -> Prompt:
    """A prompt for what `box` (2, 2: the corners x, y at the top left and bottom right) holds.

    The box is cut to the picture (H, W, 3) first. Raises a subclass of `prompts.BadPromptError`: nothing
    of it is left, or no more than a pixel's width or height.
    """
    size = picture.shape[:2]
    low, high = np.clip(box, 0, (size[1], size[0]))
    if (low >= high).any():
        raise OutsidePictureError(
            f"The box lies beside the picture of {size[1]} x {size[0]} pixels."
        )
    middles = make_prompt(on_sides(low, high, np.full(4, 0.5)).tolist(), size)
    if not isinstance(segmenter, CropSegmenter):
        return middles
    near = close_up(picture, middles, segmenter.framing)
    (logits,) = segmenter.logits([near])
    plane = chances(at_size(logits, near.window, (near.picture.shape[1], near.picture.shape[0])))
    return make_prompt(on_sides(low, high, likeliest(plane, near.prompt)).tolist(), size)


def on_sides(low: Points, high: Points, shares: Points) -> Points:
    """(4, 2): a point on the top, left, bottom and right side, so far along it from its first end."""
    x, y = (
        low[0] + shares[[0, 2]] * (high[0] - low[0]),
        low[1] + shares[[1, 3]] * (high[1] - low[1]),
    )
    return np.array([[x[0], low[1]], [low[0], y[0]], [x[1], high[1]], [high[0], y[1]]])


def likeliest(plane: Planes, prompt: Prompt) -> Points:
    """(4,): how far along each side of the prompt's box `plane` (H, W) is likeliest near that side."""
    left, top, right, bottom = prompt.box
    inside = plane[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))]
    rows, columns = (max(1, round(STRIP * side)) for side in inside.shape)
    strips = (inside[:rows].sum(0), inside[:, :columns].sum(1), inside[-rows:].sum(0))
    return np.array([middle_of_best(one) for one in (*strips, inside[:, -columns:].sum(1))])


def middle_of_best(strip: Planes) -> float:
    """The mean place, as a share of its length, of what is nearly as likely as the likeliest."""
    good = np.flatnonzero(strip >= 0.9 * strip.max())
    return float(good.mean() + 0.5) / strip.size
