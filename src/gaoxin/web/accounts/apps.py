from django.apps import AppConfig


class Accounts(AppConfig):
    name = "gaoxin.web.accounts"
    label = "accounts"
