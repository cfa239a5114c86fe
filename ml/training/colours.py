"""No Django here. Pictures as other cameras, lights and compressions would have given them."""

import cv2
import numpy as np

from ml.training.manifest import Picture


def recoloured(picture: Picture, random: np.random.Generator) -> Picture:
    """`picture` (H, W, 3) with light, contrast and colour changed; sometimes blurred, noisy, grey."""
    values = picture.astype(np.float32)
    values *= random.uniform(0.7, 1.3) * random.uniform(0.9, 1.1, 3).astype(np.float32)
    mean = values.mean()
    values = mean + (values - mean) * random.uniform(0.7, 1.3)
    grey = values.mean(2, keepdims=True)
    values = grey + (values - grey) * (0.0 if random.random() < 0.06 else random.uniform(0.6, 1.4))
    if random.random() < 0.15:
        values += random.normal(0, random.uniform(2, 12), values.shape).astype(np.float32)
    changed = np.clip(values, 0, 255).astype(np.uint8)
    return degraded(changed, random) if random.random() < 0.2 else changed


def degraded(picture: Picture, random: np.random.Generator) -> Picture:
    """Blurred, of low resolution, or compressed hard."""
    kind = random.random()
    if kind < 0.4:
        return np.asarray(
            cv2.GaussianBlur(picture, (0, 0), float(random.uniform(0.5, 1.6))), np.uint8
        )
    return coarsened(picture, random) if kind < 0.7 else compressed(picture, random)


def coarsened(picture: Picture, random: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    share = random.uniform(0.35, 0.8)
    small = (max(4, int(width * share)), max(4, int(height * share)))
    less = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(less, (width, height)), np.uint8)


def compressed(picture: Picture, random: np.random.Generator) -> Picture:
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(30, 80))]
    _, code = cv2.imencode(".jpg", picture, quality)
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)
