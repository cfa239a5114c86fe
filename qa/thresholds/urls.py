from django.urls import path

from qa.thresholds import api

urlpatterns = [
    path("jobs/<uuid:job_id>/table/", api.TableView.as_view()),
    path("jobs/<uuid:job_id>/thresholds/", api.ThresholdsView.as_view()),
]
