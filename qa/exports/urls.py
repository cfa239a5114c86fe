from django.urls import path

from qa.exports import api

urlpatterns = [
    path("exports/", api.ExportsView.as_view()),
    path("exports/labels/", api.LabelsView.as_view()),
    path("exports/preview/", api.PreviewView.as_view()),
    path("exports/<uuid:export_id>/", api.ExportView.as_view()),
    path("exports/<uuid:export_id>/cancel/", api.CancelView.as_view()),
    path("exports/<uuid:export_id>/file/", api.FileView.as_view()),
    path("exports/<uuid:export_id>/manifest/", api.ManifestView.as_view()),
]
