"""A made-up population of enterprises for practice, tests and demonstrations (演练区).

1. `enterprises.draw_enterprise`: who it is and what it reports, year by year.
2. `population.generate`: the whole population, the totals of its zone, and a month that is being reported.
3. `demo_workbook.demo_workbook`: the return of that month as a workbook with planted mistakes, to try the
import on.

What is drawn is declared in the packs (kind: sandbox). Everything is a function of the seed; the first
hundred enterprises of a large population are those of a small one. Nothing describes a real enterprise, and
everything has the status synthetic.
"""
