from django.apps import AppConfig


class Ledger(AppConfig):
    name = "gaoxin.web.ledger"
    label = "ledger"
