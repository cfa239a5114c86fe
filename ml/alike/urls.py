from django.urls import path

from ml.alike import api

_TWINS = "datasets/<uuid:dataset_id>/near-duplicates/"
urlpatterns = [
    path(_TWINS, api.NearDuplicatesView.as_view()),
    path(f"{_TWINS}groups/", api.TwinGroupsView.as_view()),
    path("images/<uuid:image_id>/alike/", api.AlikeView.as_view()),
    path(f"{_TWINS}groups/<int:group_id>/", api.TwinGroupView.as_view()),
]
