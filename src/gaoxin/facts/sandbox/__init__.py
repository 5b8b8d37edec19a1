"""A made-up population of enterprises for practice, tests and demonstrations (演练区).

1. `enterprises.Drawing`: who it is and what it reports, year by year; `states`: its codes, opinions, events.
2. `calibration`, `titles`: published totals of real zones are met, sums by a factor, holders by their number.
3. `population.generate`: the whole population, the totals of its zone, and a month that is being reported.
4. `demo_workbook.demo_workbook`: the return of that month as a workbook with planted mistakes, to try the
import on.
5. `frames`: the population as rules read it, and very large ones for measuring.

What is drawn is declared in the packs (kind: sandbox). Everything is a function of the seed; the first
hundred enterprises of a large population are those of a small one, their figures scaled to its totals.
Nothing describes a real enterprise, and
everything has the status synthetic.
"""
