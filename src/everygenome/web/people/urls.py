"""Addresses of log-in. allauth finds them by these names; no other page of its own is there."""

from django.urls import path

from everygenome.web.people import passkeys, views

urlpatterns = [
    path("people/login/", views.log_in, name="account_login"),
    path("people/login/", views.log_in, name="account_request_login_code"),
    path("people/login/code/", views.confirm_code, name="account_confirm_login_code"),
    path("people/logout/", views.log_out, name="account_logout"),
    path("people/passkeys/", passkeys.listed, name="mfa_list_webauthn"),
    path("people/passkeys/", passkeys.listed, name="mfa_index"),
    path("people/passkeys/login/", passkeys.log_in, name="mfa_login_webauthn"),
    path("people/passkeys/add/", passkeys.add, name="mfa_add_webauthn"),
    path("people/passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
]
