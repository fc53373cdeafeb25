"""Older English releases: months under years, percent changes, continued tables, lettered columns, long footnotes."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

MONTHS = pages(
    "older release, months under years",
    """
# a year alone in its row, its months below
T | Table 5.--Retail sales
U | [Million dollars]
H | Year and month | Total | Durable | Nondurable
x | 2014 |  |  |
D | October | {k} | {k} | {k}
D | November | {k} | {k} | {k}
D | December | {k} | {k} | {k}
x | 2015 |  |  |
D | January | {k} | {k} | {k}
D | February | {k} | {k} | {k}
D | March | {k} | {k} | {k}
D | April | {k} | {k} | {k}
F | r Revised.
# year in the first column of its first month only
T | Unemployment rate
H | Year | Month | Rate | Change
D | 2013 | Nov | {p} | {p}
D |  | Dec | {p} | {p}
D | 2014 | Jan | {p} | {p}
D |  | Feb | {p} | {p}
D |  | Mar | {p} | {p}
D |  | Apr | {p} | {p}
F | Source: Labour office.
# percent change spanner over the last columns, nothing merged
T | Table 1. Consumer prices by group
H |  |  |  | Percent change from |
H | Group | 2014 | 2015 | Year ago | Month ago
= Group | 2014 | 2015 | Percent change from/Year ago | Percent change from/Month ago
D/S | All items | {p} | {p} | {p} | {p}
D11 | {类} | {p} | {p} | {p} | {p}
F | (1) Not seasonally adjusted.
# years down in two languages of Canada
T | Table 051-0001 Population estimates / Estimations de la population
U | Persons / Personnes
H | Year / Année | Canada | Quebec / Québec | Ontario
D14 | {2001} | {k} | {k} | {k}
""",
)

CONTINUED = pages(
    "older release, continued and lettered",
    """
# Continued, with its header printed again
T | Table 9. Hospitals by state
H | State | Hospitals | Beds | Admissions
D12 | {州} | {k} | {k} | {k}
T | Table 9. Hospitals by state--Continued
h? | State | Hospitals | Beds | Admissions
D4 | {州} | {k} | {k} | {k}
D6 | {国} | {k} | {k} | {k}
F | NA Not available.
# columns lettered in brackets
T | Schedule B. Contributions
H | Member | Assessed | Paid | Outstanding
H | (a) | (b) | (c) | (d)
= Member | Assessed | Paid | Outstanding
D12 | {国} | {t} | {t} | {t}
S | Total | '12,003,441' | '11,220,102' | '783,339'
# titles of three lines, names of offices above
T | STATE OF NEW RIVER
T | DEPARTMENT OF LABOR
T | Average weekly wages, first quarter
. |
H | County | Establishments | Employment | Average weekly wage
S | State total | {k} | {k} | {k}
D12 | County {1} | {k} | {k} | {k}
. |
F | Data are preliminary.
# footnotes numbered with words, asterisks and zero marks
T | Crime by type
U | [Rate per 100,000 inhabitants]
H | Offense | 2005 | 2006 | 2007
D9 | Offense {1} | {p} | {p} | {p}
F | - Represents zero.
F | * Includes attempts.
F | 1 Definitions were changed in 2006.
""",
)

NUMBERS_ALONE = pages(
    "older release, codes and numbers",
    """
# numbered lines at the left, as national accounts have
T | Table 1.1.5. Gross Domestic Product
U | [Billions of dollars]
T | Last Revised on: March 25, 2016
H | Line |  | 2013 | 2014 | 2015
D | 1 | Gross domestic product | {n} | {n} | {n}
D | 2 | Personal consumption expenditures | {n} | {n} | {n}
D | 3 | '  Goods' | {n} | {n} | {n}
D | 4 | '  Services' | {n} | {n} | {n}
D | 5 | Gross private domestic investment | {n} | {n} | {n}
D | 6 | Net exports | {n} | {n} | {n}
D | 7 | Government | {n} | {n} | {n}
# codes of areas, names, then figures as text
T | Mid-year population estimates
H | Code | Name | All ages | 0-15 | 16-64 | 65+
D | 'E92000001' | ENGLAND | {t} | {t} | {t} | {t}
D5 | 'E1200000{1}' | {国} region | {t} | {t} | {t} | {t}
D | 'W92000004' | WALES | {t} | {t} | {t} | {t}
D5 | 'E0600000{b1}' | {州} district | {t} | {t} | {t} | {t}
# question and answer percentages with bases in the last row
T | Q12 Main source of news
H | Answer | Total | Men | Women | Under 35 | 35 and over
D8 | {类} channel | {p}% | {p}% | {p}% | {p}% | {p}%
D/F | Unweighted base | 1002 | 480 | 522 | 300 | 702
# an index with its own spanner of quarters by numeral
T | House price index
H | Region | 2014 | < | < | < | 2015
H | ^ | Q1 | Q2 | Q3 | Q4 | Q1
= Region | 2014/Q1 | 2014/Q2 | 2014/Q3 | 2014/Q4 | 2015/Q1
D11 | {国} | {p} | {p} | {p} | {p} | {p}
""",
)

PAGES = [*MONTHS, *CONTINUED, *NUMBERS_ALONE]
