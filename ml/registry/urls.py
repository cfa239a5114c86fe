from django.urls import path

from ml.registry import api

urlpatterns = [
    path("model-versions/", api.ModelVersionsView.as_view()),
    path("model-versions/<uuid:version_id>/", api.ModelVersionView.as_view()),
]
