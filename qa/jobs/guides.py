"""What a reviewer is told: the instructions as safe HTML, and reference pictures of right and wrong."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import nh3
from django.db.models import Q
from markdown_it import MarkdownIt

from labelapp.accounts.models import User
from labelapp.catalog.storage import full_url, thumb_url
from qa.jobs.models import Job, JobState

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "h1", "h2", "h3", "h4", "p", "br", "hr", "em", "strong", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "img", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


@lru_cache(maxsize=256)
def instructions_html(markdown: str) -> str:
    """Markdown without HTML, sanitised; pictures from this server only.

    >>> instructions_html("**Ripe** <b onclick=x>only</b>")
    '<p><strong>Ripe</strong> &lt;b onclick=x&gt;only&lt;/b&gt;</p>\\n'
    """
    return nh3.clean(
        _markdown.render(markdown),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_own_pictures_only,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _own_pictures_only(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if value.startswith("/") and not value.startswith("//") else None
    return value


def examples_for(person: User, job: Job, label_class: UUID) -> list[dict[str, Any]]:
    """The reference pictures of a class (and those for all classes), signed for this person."""
    now = datetime.now(UTC)
    return [
        {
            "right": one["right"],
            "caption": one.get("caption", ""),
            "url": thumb_url(UUID(one["image"]), person.pk, now),
            "full_url": full_url(UUID(one["image"]), person.pk, now),
        }
        for one in job.examples
        if one.get("label_class") in {None, str(label_class)}
    ]


def may_see_example(person: User, image_id: UUID) -> bool:
    """Whether the picture is a reference picture of a job that the person works on."""
    jobs = Job.objects.live().exclude(state=JobState.DRAFT)
    teams = person.teams.values("pk")
    return jobs.filter(
        Q(team=None) | Q(team__in=teams), examples__contains=[{"image": str(image_id)}]
    ).exists()
