"""The models that a worker holds."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ml.masks import drawing, services


def test_threads_that_need_a_model_at_once_load_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing.loaded.cache_clear()
    opened: list[str] = []

    def slow(name: str, *_: Any, **__: Any) -> Any:
        opened.append(name)
        time.sleep(0.1)
        return object()

    monkeypatch.setattr(drawing, "open_drawer", slow)
    version = services.usable_segmenter("grabcut").version
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: drawing.drawer("grabcut", version), range(2))
    drawing.loaded.cache_clear()
    assert one is other
    assert opened == ["grabcut"]
