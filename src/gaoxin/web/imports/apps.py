from django.apps import AppConfig


class Imports(AppConfig):
    name = "gaoxin.web.imports"
    label = "imports"
