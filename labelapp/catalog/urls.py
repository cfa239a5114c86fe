from django.urls import path, re_path

from labelapp.catalog import api
from labelapp.catalog.serving import ImageFileView

urlpatterns = [
    path("datasets/", api.DatasetsView.as_view()),
    path("datasets/bin/", api.BinView.as_view()),
    path("datasets/<uuid:dataset_id>/", api.DatasetView.as_view()),
    path("datasets/<uuid:dataset_id>/restore/", api.RestoreView.as_view()),
    path("datasets/<uuid:dataset_id>/classes/", api.ClassesView.as_view()),
    path("classes/<uuid:class_id>/", api.ClassView.as_view()),
    path("classes/<uuid:class_id>/merge/", api.MergeView.as_view()),
    path("labels/", api.LabelsView.as_view()),
    path("images/<uuid:image_id>/", api.ImageView.as_view()),
]
# Outside /api/: the pictures themselves.
image_files = [
    path("images/<uuid:image_id>/thumb", ImageFileView.as_view(), {"size": "thumb"}),
    path("images/<uuid:image_id>/full", ImageFileView.as_view(), {"size": "full"}),
    re_path(
        r"^images/(?P<image_id>[0-9a-f-]{36})/(?P<size>part(?:-[0-9]{1,9}){4})$",
        ImageFileView.as_view(),
    ),
]
