from django.urls import path

from qa.segmentation import api

urlpatterns = [
    path("annotations/", api.DocumentsView.as_view()),
    path("assignments/<uuid:assignment_id>/skip/", api.SkipView.as_view()),
    path("jobs/<uuid:job_id>/outlining/", api.OutliningView.as_view()),
    path("jobs/<uuid:job_id>/labels/", api.JobLabelsView.as_view()),
    path("annotations/<uuid:image_id>/", api.DocumentView.as_view()),
]
