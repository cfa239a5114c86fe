from django.urls import path

from ml.masks import api, bulk_api

urlpatterns = [
    path("segmenters/", api.SegmentersView.as_view()),
    path("images/<uuid:image_id>/warm/", api.WarmView.as_view()),
    path("mask-runs/", bulk_api.MaskRunsView.as_view()),
    path("mask-runs/forecast/", bulk_api.ForecastView.as_view()),
    path("mask-runs/<uuid:run_id>/", bulk_api.MaskRunView.as_view()),
    path("mask-runs/<uuid:run_id>/refused/", bulk_api.RefusedView.as_view()),
    path("mask-runs/<uuid:run_id>/cancel/", bulk_api.CancelMaskRunView.as_view()),
    path("mask-requests/", api.MasksView.as_view()),
    path("mask-requests/<uuid:request_id>/", api.MaskView.as_view()),
]
