"""The first part of the demo: handwritten digits that ship with scikit-learn, labelled by a real classifier.

1,797 pictures of 8 x 8 pixels (E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits",
UCI Machine Learning Repository, 1998, CC BY 4.0). A logistic regression learns from the first 400 and
labels all of them; its confidences and its mistakes are its own. They come in as any import does.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files import File
from django.core.files.base import ContentFile
from numpy.typing import NDArray
from PIL import Image as Picture

from labelapp.accounts.models import Team
from labelapp.accounts.services import save_team
from labelapp.background import WorkState
from labelapp.catalog.models import Dataset, Image, LabelClass
from labelapp.catalog.services import create_dataset
from labelapp.imports.models import Import
from labelapp.imports.running import run
from labelapp.imports.services import Sent, create_import
from qa.jobs.models import Job
from qa.jobs.services import create_job, start_job

DATASET = "Handwritten digits"
NAMES = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
LEARNT_FROM = 400
SIDE = 240
MARGIN = 1  # pixels of paper around the 8 x 8, which reach to the very edge
INSTRUCTIONS = """\
Say of each picture whether it shows the digit named above.

- **Right**: most people would read this digit, however badly it is written.
- **Wrong**: it is another digit, or none.
- **Unsure**: it could as well be another one.
"""


@dataclass(frozen=True)
class Digits:
    """`pixels`: (n, 8, 8) from 0 (paper) to 16 (ink); `truth`, `said`: (n,) digits; `confidence`: (n,)."""

    pixels: NDArray[np.float64]
    truth: NDArray[np.int64]
    said: NDArray[np.int64]
    confidence: NDArray[np.float64]

    @property
    def mistakes(self) -> int:
        return int((self.said != self.truth).sum())


def classified_digits() -> Digits:
    """The digits with what a classifier that learnt from the first 400 says of them. Same each time."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    pixels, truth = load_digits(return_X_y=True)
    scaled = pixels / 16
    model = LogisticRegression(C=1.0, max_iter=500).fit(scaled[:LEARNT_FROM], truth[:LEARNT_FROM])
    chances = model.predict_proba(scaled)
    return Digits(pixels.reshape(-1, 8, 8), truth, chances.argmax(axis=1), chances.max(axis=1))


def bring_in() -> Job:
    """Import the digits and open a job on them; the job that is there already, when there is one."""
    if found := Job.objects.live().filter(dataset__name=DATASET).first():
        return found
    digits = classified_digits()
    dataset = Dataset.objects.live().filter(name=DATASET).first() or create_dataset(
        person=None, name=DATASET
    )
    sent = Sent(
        file=as_file("digits.csv", _label_file(digits)),
        images=as_file("digits.zip", _pictures(digits)),
        source="logistic-regression",
    )
    take_in(dataset, sent)
    return _open_job(dataset, digits)


def take_in(dataset: Dataset, sent: Sent) -> Import:
    """Carry out an import here and now, as a worker would."""
    work = create_import(person=None, dataset=dataset, sent=sent)
    run(work.pk)
    work.refresh_from_db()
    if work.state != WorkState.DONE:
        raise RuntimeError(f"The demo's import ended {work.state}: {work.message}")
    return work


def as_file(name: str, content: bytes) -> "File[Any]":
    return ContentFile(content, name=name)


def _ref(number: int) -> str:
    return f"digits/{number:04}.png"


def _label_file(digits: Digits) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["image", "label", "confidence"])
    for number, (said, confidence) in enumerate(zip(digits.said, digits.confidence, strict=True)):
        rows.writerow([_ref(number), NAMES[said], f"{confidence:.6f}"])
    return text.getvalue().encode()


def _pictures(digits: Digits) -> bytes:
    """A zip of the digits, dark on light, enlarged so that they can be judged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, pixels in enumerate(digits.pixels):
            paper = np.pad(pixels, MARGIN)
            grey = (255 - paper * (255 / 16)).round().astype(np.uint8)
            large = Picture.fromarray(grey).resize((SIDE, SIDE), Picture.Resampling.BICUBIC)
            png = io.BytesIO()
            large.save(png, "PNG")
            archive.writestr(_ref(number), png.getvalue())
    return buffer.getvalue()


def reviewers() -> Team:
    """The team of the first accounts."""
    return Team.objects.order_by("created_at").first() or save_team(person=None, name="Reviewers")


def _open_job(dataset: Dataset, digits: Digits) -> Job:
    job = create_job(
        person=None,
        name="Are the digits right?",
        dataset=dataset,
        team=reviewers(),
        instructions=INSTRUCTIONS,
        examples=_examples(dataset, digits),
    )
    return start_job(person=None, job_id=job.pk, force=True)


def _examples(dataset: Dataset, digits: Digits) -> list[dict[str, Any]]:
    """For each class one picture that shows it and one that shows its likeliest confusion."""
    ids = dict(Image.objects.filter(dataset=dataset).values_list("ref", "pk"))
    classes = dict(LabelClass.objects.filter(dataset=dataset).values_list("name", "pk"))
    learnt = slice(0, LEARNT_FROM)
    examples = []
    for digit, name in enumerate(NAMES):
        wrong = digits.truth[(digits.said == digit) & (digits.truth != digit)]
        confusion = (
            int(np.bincount(wrong, minlength=10).argmax()) if len(wrong) else (digit + 1) % 10
        )
        for shown in (digit, confusion):
            first = int(np.flatnonzero(digits.truth[learnt] == shown)[0])
            examples.append(
                {
                    "image": str(ids[_ref(first)]),
                    "right": shown == digit,
                    "label_class": str(classes[name]),
                    "caption": "" if shown == digit else f"This is a {NAMES[shown].lower()}",
                }
            )
    return examples
