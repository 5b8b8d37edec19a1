"""The addresses of the policy desk: near misses, candidates, lists, titles, drafts of clauses."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.eligibility.views import clauses, library, lists, near_miss, titles

urlpatterns = [
    path("policies/near/", near_miss.boards, name="boards"),
    path("policies/near/<str:rule>/", near_miss.near_miss, name="near-miss"),
    path("policies/near/<str:rule>/export.xlsx", near_miss.export, name="near-miss-export"),
    path("policies/near/<str:rule>/notices/", near_miss.notices, name="near-miss-notices"),
    path("policies/near/<str:rule>/library/", library.library, name="candidates"),
    path("policies/near/<str:rule>/library/export.xlsx", library.export, name="candidates-export"),
    path("policies/near/<str:rule>/ways/<str:code>/", near_miss.near_way, name="near-way"),
    path("policies/lists/", lists.two_lists, name="two-lists"),
    path("policies/lists/export.xlsx", lists.export, name="two-lists-export"),
    path("policies/titles/", titles.titles, name="titles"),
    path("policies/titles/export.xlsx", titles.export, name="titles-export"),
    path("policies/clauses/", clauses.clauses, name="clauses"),
    path("policies/clauses/<str:rule>/", clauses.clause, name="clause"),
    path("policies/clauses/<str:rule>/save", clauses.save, name="clause-save"),
    path("policies/drafts/<int:pk>/", clauses.draft, name="draft"),
    path("policies/drafts/<int:pk>/review", clauses.review, name="draft-review"),
    path("policies/drafts/<int:pk>/finish", clauses.finish, name="draft-finish"),
]
