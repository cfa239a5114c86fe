"""What the registry refuses, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class UnknownSegmenter(Invalid):
    code = "unknown_segmenter"
    title = "There is no segmenter of this name."


class WeightsMissing(Problem):
    status = 409
    code = "weights_missing"
    title = "This segmenter's weight file is not there."


class WeightsWrongHash(Problem):
    status = 409
    code = "weights_wrong_hash"
    title = "This segmenter's weight file is not the one it should be, so it is not used."


class WeightsUnusable(Problem):
    status = 409
    code = "weights_unusable"
    title = "This segmenter's weight file cannot be used."


class ModelVersionNotFound(NotFound):
    title = "There is no such model version."


class ModelVersionTaken(Problem):
    status = 409
    code = "model_version_taken"
    title = "There is a model of this name and version already. Give it another version."


class NoModelFile(Invalid):
    code = "no_model_file"
    title = "Send the model's ONNX file, or name one that lies in WEIGHTS_DIR; one of the two."


class ModelPathNotAllowed(Invalid):
    code = "model_path_not_allowed"
    title = "There is no such file in WEIGHTS_DIR."


class ModelWrongHash(Invalid):
    code = "wrong_hash"
    title = "The file's SHA-256 is not the one that was given. It was not taken in."


class NotOnnx(Invalid):
    code = "not_onnx"
    title = "The file is no ONNX model."


class ExternalData(Invalid):
    code = "external_data"
    title = "The model's weights lie in other files, which cannot be used."


class UnknownOperators(Invalid):
    code = "unknown_operators"
    title = "The model uses operators that are not known here."


class WrongInput(Invalid):
    code = "wrong_input"
    title = "The model does not take pictures of the declared size."


class WrongOutput(Invalid):
    code = "wrong_output"
    title = "The model's output does not match its list of classes."


class ModelUnusable(Invalid):
    code = "model_unusable"
    title = "The model cannot be run."


class ModelFileGone(Problem):
    status = 409
    code = "model_file_gone"
    title = "A file of this model is missing, so it cannot be used."


class ModelFileChanged(Problem):
    status = 409
    code = "model_file_changed"
    title = "A file of this model is not the one that was taken in, so it is not used."
