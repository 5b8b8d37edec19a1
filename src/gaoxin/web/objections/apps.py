from django.apps import AppConfig


class Objections(AppConfig):
    name = "gaoxin.web.objections"
    label = "objections"
