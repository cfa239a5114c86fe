from django.urls import path

from labelapp.imports import api

urlpatterns = [
    path("imports/", api.ImportsView.as_view()),
    path("imports/<uuid:import_id>/", api.ImportView.as_view()),
    path("imports/<uuid:import_id>/cancel/", api.CancelView.as_view()),
    path("imports/<uuid:import_id>/rejected/", api.RejectedView.as_view()),
]
