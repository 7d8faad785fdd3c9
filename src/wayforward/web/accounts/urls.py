"""Addresses of one's own account and of the people of an exercise.

Names with account_, mfa_ and usersessions_ are those by which django-allauth looks for the pages it leads to.
"""

from django.urls import URLPattern, path

from wayforward.web import sign_in
from wayforward.web.accounts import people, views

FACTOR = "account/second-factor"
PEOPLE = "exercises/<slug:code>/people"

urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/code", views.sign_in_code, name="mfa_authenticate"),
    path("forgotten", views.forgotten, name="forgotten"),
    path("account", views.account, name="account"),
    path("account/password", views.change_password, name="account_change_password"),
    path("account/confirm", views.confirm, name="account_reauthenticate"),
    path("account/confirm/code", views.confirm_by_code, name="mfa_reauthenticate"),
    path("account/sessions", views.sessions, name="usersessions_list"),
    path(FACTOR, views.second_factor, name="mfa_index"),
    path(f"{FACTOR}/set-up", views.set_up, name="mfa_activate_totp"),
    path(f"{FACTOR}/remove", views.remove, name="mfa_deactivate_totp"),
    path(f"{FACTOR}/recovery-codes", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{FACTOR}/recovery-codes/new", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}/<int:who>", people.one, name="person"),
]
