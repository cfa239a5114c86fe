from django.urls import path

from qa.jobs import api

urlpatterns = [
    path("jobs/", api.JobsView.as_view()),
    path("jobs/preview/", api.JobPreviewView.as_view()),
    path("jobs/<uuid:job_id>/", api.JobView.as_view()),
    path("jobs/<uuid:job_id>/start/", api.StartView.as_view()),
    path("jobs/<uuid:job_id>/pause/", api.PauseView.as_view()),
    path("jobs/<uuid:job_id>/close/", api.CloseView.as_view()),
    path("jobs/<uuid:job_id>/reopen/", api.ReopenView.as_view()),
    path("jobs/<uuid:job_id>/claim/", api.ClaimView.as_view()),
    path("assignments/", api.AssignmentsView.as_view()),
    path("assignments/heartbeat/", api.HeartbeatView.as_view()),
    path("assignments/<uuid:assignment_id>/", api.AssignmentView.as_view()),
    path("assignments/<uuid:assignment_id>/submit/", api.SubmitView.as_view()),
    path("assignments/<uuid:assignment_id>/draft/", api.DraftView.as_view()),
    path("assignments/<uuid:assignment_id>/reopen/", api.BatchReopenView.as_view()),
    path("assignments/<uuid:assignment_id>/release/", api.ReleaseView.as_view()),
]
