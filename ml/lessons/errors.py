"""What is refused of training runs, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class TrainingNotFound(NotFound):
    title = "There is no such training run."


class NothingToLearnFrom(Invalid):
    code = "nothing_to_learn_from"
    title = "No whole picture has a class that people confirmed or corrected."


class OneClass(Invalid):
    code = "one_class"
    title = "All pictures are of one class; a model needs at least two to tell apart."


class TooFewExamples(Invalid):
    """`short`: how many pictures each class has that has too few."""

    code = "too_few_examples"
    title = "A class has too few pictures to be learned."


class BaseWithoutFeatures(Invalid):
    code = "base_without_features"
    title = "This model does not tell what it sees, so that nothing can be learned on it."


class WrongBase(Invalid):
    code = "wrong_base"
    title = "This model is a head itself. Name the network that it stands on."


class NotForFineTuning(Invalid):
    code = "not_for_fine_tuning"
    title = "Only the built-in network can be fine-tuned. Leave the base out, or train a head."


class NoCuda(Problem):
    code = "no_cuda"
    title = (
        "The worker that took this has no GPU with CUDA, which fine-tuning needs. Train a head instead, or"
        " start a worker on a machine with a GPU and keep the others from the queue “gpu”"
        " (WORKER_CPU_QUEUES=cpu). TRAIN_DEVICE=cpu has it done without a GPU, in hours."
    )


class Diverged(Problem):
    code = "diverged"
    title = "The loss grew beyond all numbers, so nothing was learned. Look at the labels, or train a head."


class NothingReadable(Problem):
    code = "nothing_readable"
    title = "None of the pictures could be read."


class TrainingAtWork(Problem):
    """`run` is the id of the one that is at work."""

    status = 409
    code = "training_at_work"
    title = "A training on this dataset, or of this version, is at work already."


class TrainingEnded(Problem):
    status = 409
    code = "training_ended"
    title = "This training has ended already; there is nothing to cancel."
