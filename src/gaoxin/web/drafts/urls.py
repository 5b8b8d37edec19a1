"""The addresses of drafts: the list, one draft, its exports, the queue into the ledger."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.drafts.views import exports, papers, queue

urlpatterns = [
    path("drafts/", papers.papers, name="papers"),
    path("drafts/new/", papers.new, name="paper-new"),
    path("drafts/proposals/", queue.queue, name="proposals"),
    path("drafts/proposals/reject", queue.reject, name="proposals-reject"),
    path("drafts/proposals/<int:pk>", queue.answer, name="proposal-answer"),
    path("drafts/<int:pk>/", papers.paper, name="paper"),
    path("drafts/<int:pk>/figures/<int:number>", papers.figure, name="paper-figure"),
    path("drafts/<int:pk>/state", papers.state, name="paper-state"),
    path("drafts/<int:pk>/decide", papers.decide, name="paper-decide"),
    path("drafts/<int:pk>/check", papers.recheck, name="paper-recheck"),
    path("drafts/<int:pk>/share", papers.share, name="paper-share"),
    path("drafts/<int:pk>/propose", queue.propose, name="paper-propose"),
    path("drafts/<int:pk>/checks/", papers.compare, name="paper-compare"),
    path("drafts/<int:pk>/comments.docx", exports.comments, name="paper-comments"),
    path("drafts/<int:pk>/corrected.docx", exports.corrected, name="paper-corrected"),
    path("drafts/<int:pk>/sheet.xlsx", exports.sheet, name="paper-sheet"),
]
