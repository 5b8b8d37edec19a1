from django.apps import AppConfig


class Operations(AppConfig):
    name = "gaoxin.web.operations"
    label = "operations"
