from django.urls import path

from ml.masks import api

urlpatterns = [
    path("segmenters/", api.SegmentersView.as_view()),
    path("images/<uuid:image_id>/warm/", api.WarmView.as_view()),
    path("mask-requests/", api.MasksView.as_view()),
    path("mask-requests/<uuid:request_id>/", api.MaskView.as_view()),
]
