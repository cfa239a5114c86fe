from django.urls import path

from ml.lessons import api

urlpatterns = [
    path("training-runs/", api.TrainingRunsView.as_view()),
    path("training-runs/<uuid:run_id>/", api.TrainingRunView.as_view()),
    path("training-runs/<uuid:run_id>/cancel/", api.CancelTrainingRunView.as_view()),
    path("training-runs/<uuid:run_id>/examples/", api.ExamplesView.as_view()),
]
