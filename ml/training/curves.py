"""No Django here. The curves of a run, drawn from its log."""

import csv
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, MARGIN = 900, 480, 48
COLOURS = {"loss": (200, 80, 40), "macro": (30, 110, 190)}


def draw_curves(log: Path, picture: Path) -> None:
    """Loss and mean IoU of the validation sets over the steps, as a PNG."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    canvas = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN), outline=(190, 190, 190))
    last = float(rows[-1]["step"])
    pen.text((WIDTH - MARGIN - 60, HEIGHT - MARGIN + 8), f"{last:.0f} steps", fill="black")
    for place, (name, colour) in enumerate(COLOURS.items()):
        found = [(float(row["step"]), float(row[name])) for row in rows if row[name]]
        if found:
            draw_curve(pen, found, last, colour)
            words = f"{name}: {found[0][1]:.3f} to {found[-1][1]:.3f}"
            pen.text((MARGIN + 220 * place, MARGIN - 20), words, fill=colour)
    canvas.save(picture)


def draw_curve(
    pen: ImageDraw.ImageDraw,
    found: list[tuple[float, float]],
    last: float,
    colour: tuple[int, int, int],
) -> None:
    """One line, from its own lowest value to its highest over the height of the frame."""
    values = [value for _, value in found]
    low, spread = min(values), max(max(values) - min(values), 1e-6)
    points = [
        (
            MARGIN + (WIDTH - 2 * MARGIN) * step / last,
            HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / spread,
        )
        for step, value in found
    ]
    if len(points) > 1:
        pen.line(points, fill=colour, width=2)
