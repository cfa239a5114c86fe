from django.urls import path

from labelapp.accounts import api

urlpatterns = [
    path("auth/session/", api.SessionView.as_view()),
    path("auth/token/", api.TokenSignInView.as_view()),
    path("auth/reset/", api.ResetView.as_view()),
    path("me/", api.MeView.as_view()),
    path("me/password/", api.PasswordView.as_view()),
    path("me/sign-out-everywhere/", api.SignOutEverywhereView.as_view()),
    path("tokens/", api.TokensView.as_view()),
    path("tokens/<uuid:token_id>/", api.TokenView.as_view()),
    path("users/", api.UsersView.as_view()),
    path("users/<uuid:user_id>/", api.UserView.as_view()),
    path("users/<uuid:user_id>/reset-link/", api.ResetLinkView.as_view()),
    path("teams/", api.TeamsView.as_view()),
    path("teams/<uuid:team_id>/", api.TeamView.as_view()),
    path("audit/", api.AuditView.as_view()),
]
