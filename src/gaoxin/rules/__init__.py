"""Who qualifies, why not, how far off, the cheapest way there, and what it costs (规则引擎).

1. `book` chooses the version of a rule that holds on a day for a kind of application.
2. `compiling` turns it into trees; `judging` asks one subject, `matching` a whole population.
3. `explaining` says why, `routes` the cheapest way to pass, `near_misses` who is close and what to ask first,
   `settling` and `simulating` what it costs.

Rules are content of the packs; nothing here knows a threshold.
"""
