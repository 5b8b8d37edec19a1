from django.urls import path

from gaoxin.web.accounts import administration, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/as/<slug:role>/", views.sign_in_as, name="sign-in-as"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.own_password, name="own-password"),
    path("accounts/", administration.accounts, name="accounts"),
    path("accounts/new/", administration.new, name="account-new"),
    path("accounts/<int:pk>/", administration.account, name="account"),
    path("accounts/<int:pk>/password/", administration.reset, name="account-reset"),
    path("accounts/<int:pk>/close/", administration.close, name="account-close"),
    path("accounts/<int:pk>/reopen/", administration.reopen, name="account-reopen"),
]
