from django.urls import path

from ml.runs import api

urlpatterns = [
    path("prediction-runs/", api.PredictionRunsView.as_view()),
    path("prediction-runs/<uuid:run_id>/", api.PredictionRunView.as_view()),
    path("prediction-runs/<uuid:run_id>/cancel/", api.CancelPredictionRunView.as_view()),
    path("prediction-runs/<uuid:run_id>/unreadable/", api.UnreadableView.as_view()),
]
