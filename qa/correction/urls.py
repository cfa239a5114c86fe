from django.urls import path

from qa.correction import api

urlpatterns = [
    path("corrections/", api.CorrectionsView.as_view()),
    path("jobs/<uuid:job_id>/correcting/", api.CorrectingView.as_view()),
]
