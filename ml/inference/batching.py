"""No Django here. Prompts that wait together are answered together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ml.networks.crops import Picture
from ml.networks.prompts import Prompt
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.protocol import Segmenter

from .segment import Drawn, drawn


@dataclass(frozen=True)
class Question:
    """picture: (H, W, 3) RGB; the prompt is checked for its size."""

    picture: Picture
    prompt: Prompt


def answer_together(segmenter: Segmenter, asked: Sequence[Question]) -> Iterator[Drawn]:
    """A mask for each question, in their order; in one run of the network where that pays.

    Each comes as soon as it is ready, and is drawn only when it is asked for.
    """
    if not asked:
        return
    if isinstance(segmenter, CropSegmenter):
        answers = segmenter.predict_many([(one.picture, one.prompt) for one in asked])
        yield from map(drawn, answers)
        return
    for one in asked:
        yield drawn(segmenter.predict(one.picture, one.prompt))
