"""What exports refuse, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class ExportNotFound(NotFound):
    title = "There is no such export."


class DatasetOrJob(Invalid):
    code = "dataset_or_job"
    title = "Name either a dataset or a job, not both."


class LatestOfDataset(Invalid):
    code = "latest_of_dataset"
    title = "Only the export of a dataset can keep the latest job of each label."


class ReviewersNeedJsonl(Invalid):
    code = "reviewers_need_jsonl"
    title = "Only JSON Lines have room for each reviewer's verdict."


class OutlinesByClass(Invalid):
    code = "outlines_by_class"
    title = "What people outlined is filtered by class alone: nobody has judged it in this job."


class TooManyClasses(Invalid):
    code = "too_many_classes"
    title = "A picture of classes has room for 255 of them. Take COCO or JSON Lines."


class UnusableMask(Problem):
    status = 409
    code = "unusable_mask"
    title = "A mask cannot be written."


class WrittenNotStreamed(Invalid):
    code = "written_not_streamed"
    title = "This format is written by a worker: ask for it with POST exports/."


class NotForLearning(Invalid):
    code = "not_for_learning"
    title = "Models learn from label files with outcomes: name an export in CSV or JSON Lines."


class NotReady(Problem):
    status = 409
    code = "export_not_ready"
    title = "This export has no file: it is still being written, was cancelled or has failed."


class AlreadyEnded(Problem):
    status = 409
    code = "export_ended"
    title = "This export has ended already; there is nothing to cancel."
