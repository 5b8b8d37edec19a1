"""The pages people work on: they read through selectors, write through services, and only say it in HTML
(页面).
"""
