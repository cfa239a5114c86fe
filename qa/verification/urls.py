from django.urls import path

from qa.verification import api

urlpatterns = [
    path("items/", api.ItemsView.as_view()),
    path("items/<uuid:item_id>/confidence/", api.ConfidenceView.as_view()),
    path("items/<uuid:item_id>/outline/", api.OutlineView.as_view()),
    path("me/work/", api.OwnWorkView.as_view()),
    path("overview/", api.OverviewView.as_view()),
    path("jobs/<uuid:job_id>/progress/", api.ProgressView.as_view()),
]
