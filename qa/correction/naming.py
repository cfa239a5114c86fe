"""Which classes the choices of a batch name; a new one is made where the job allows it."""

from uuid import UUID

from labelapp.accounts.models import User
from labelapp.catalog.errors import UnknownClass
from labelapp.catalog.models import Dataset, LabelClass
from labelapp.catalog.names import class_key
from labelapp.catalog.services import create_class
from qa.correction.errors import NewClassNotAllowed
from qa.correction.values import Choice, Choices, Value
from qa.jobs.models import Job


def named_classes(
    *, person: User, job: Job, dataset: Dataset, choices: Choices
) -> dict[UUID, UUID]:
    """The class of each choice that names one, by item; one that was merged is what it became.

    A name that is there already is that class, also where it was sent as a new one. The dataset is held.

    Raises:
        UnknownClass: the dataset has none of that id or name.
        NewClassNotAllowed, TooManyClasses
    """
    known = list(LabelClass.objects.filter(dataset=dataset))
    by_key = {one.key: one.merged_into_id or one.pk for one in known}
    by_text = {one.name: one.merged_into_id or one.pk for one in known}
    by_text |= {str(one.pk): one.merged_into_id or one.pk for one in known}
    named = {pk: one for pk, one in choices.items() if one.value == Value.CLASS}
    _check(job, named, by_key, by_text)
    for name in sorted({one.name for one in named.values() if one.new}):
        if class_key(name) not in by_key:
            made = create_class(person=person, dataset=dataset, name=name)
            by_key[made.key] = made.pk
    return {
        pk: by_key[class_key(one.name)] if one.new else by_text[one.name]
        for pk, one in named.items()
    }


def _check(
    job: Job, named: dict[UUID, Choice], by_key: dict[str, UUID], by_text: dict[str, UUID]
) -> None:
    unknown = {
        str(pk): [f"“{one.name}” is no class of this dataset."]
        for pk, one in named.items()
        if not one.new and one.name not in by_text
    }
    if unknown:
        raise UnknownClass(errors=unknown)
    unwanted = [
        str(pk) for pk, one in named.items() if one.new and class_key(one.name) not in by_key
    ]
    if unwanted and not job.allow_new_class:
        raise NewClassNotAllowed(errors={pk: [NewClassNotAllowed.title] for pk in unwanted})
