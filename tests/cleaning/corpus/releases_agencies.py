"""What statistical agencies release in English: leader dots, codes under the names, metadata above, missing-value marks."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

LEADERS = pages(
    "agency release, leader dots and panels",
    """
# leader dots behind the stubs
T | Table 1. Employees on nonfarm payrolls by industry
U | [In thousands]
. |
H | Industry | June 2015 | May 2016 | June 2016
S | Total nonfarm............. | {k} | {k} | {k}
D/s/S | Total private............. | {k} | {k} | {k}
D | Goods-producing........... | {k} | {k} | {k}
D | '  Mining and logging......' | {k} | {k} | {k}
D | '  Construction............' | {k} | {k} | {k}
D | '  Manufacturing...........' | {k} | {k} | {k}
D | Service-providing......... | {k} | {k} | {k}
D | '  Retail trade............' | {k} | {k} | {k}
F | p = preliminary.
# headings of two ranks over indented stubs
T | Table 3. Selected measures of well-being
U | (Percent)
H | Characteristic | Estimate | Standard error | Margin
x | AGE |  |  |
D | Under 18 | {p} | {p} | {p}
D | 18 to 64 | {p} | {p} | {p}
D | 65 and over | {p} | {p} | {p}
x | REGION |  |  |
D | Northeast | {p} | {p} | {p}
D | Midwest | {p} | {p} | {p}
D | South | {p} | {p} | {p}
D | West | {p} | {p} | {p}
x | NATIVITY |  |  |
D | Native born | {p} | {p} | {p}
D | Foreign born | {p} | {p} | {p}
F | * An asterisk marks a change that is significant.
F | Source: Survey of income and health.
# years down in a panel, values with commas as text, (X) and (NA)
T | Table H-6. Regions by median income
T | Households as of March of the following year
H | Year | Number (thousands) | Median income | < | Mean income
H | ^ | ^ | Current dollars | 2015 dollars | ^
= Year | Number (thousands) | Median income/Current dollars | Median income/2015 dollars | Mean income
D12 | '{1975}' | {t} | {t} | {t} | (NA)
D8 | '{1975}' | {t} | {t} | {t} | {t}
""",
)

METADATA = pages(
    "agency release, metadata above the table",
    """
# labels and values above, colons for missing
T | Population on 1 January by region
. |
T | Last update | 10.03.2016
T | Source of data | Eurostat
. |
H | GEO/TIME | 2010 | 2011 | 2012 | 2013
D6 | {国} | {k} | {k} | {k} | {k}
D | Kosovo | : | : | {k} | :
D5 | {国} | {k} | {k} | {k} | {k}
. |
F | Special value:
F | : not available
# series codes under the names
T | Labour market summary, aged 16 and over
T | United Kingdom, seasonally adjusted
U | Thousands
H |  | Employment | Unemployment | Inactivity
H |  | MGRZ | MGSC | MGSI
D | Jan-Mar 2014 | {k} | {k} | {k}
D | Apr-Jun 2014 | {k} | {k} | {k}
D | Jul-Sep 2014 | {k} | {k} | {k}
D | Oct-Dec 2014 | {k} | {k} | {k}
D | Jan-Mar 2015 | {k} | {k} | {k}
D | Apr-Jun 2015 | {k} | {k} | {k}
F | Source: Labour Force Survey
# a data bank's export: codes beside names, years with brackets
H | Country Name | Country Code | Series Name | 2010 [YR2010] | 2011 [YR2011]
D9 | {国} | {j}AB | Population, total | {k} | {k}
. |
. |
. |
F | Data from database: Development Indicators |  |  |  |
F | Last Updated: 12/21/2015 |  |  |  |
# quarter columns under years, stub merged down, growth panel below
T | Gross domestic product, expenditure approach | < | < | < | <
U/T | Million dollars, current prices | < | < | < | <
H | Component | 2014 | < | 2015 | <
H | ^ | Q3 | Q4 | Q1 | Q2
= Component | 2014/Q3 | 2014/Q4 | 2015/Q1 | 2015/Q2
D | Household consumption | {n} | {n} | {n} | {n}
D | Government consumption | {n} | {n} | {n} | {n}
D | Gross fixed capital formation | {n} | {n} | {n} | {n}
o | of which: dwellings | {n} | {n} | {n} | {n}
D | Exports of goods and services | {n} | {n} | {n} | {n}
D | less: Imports | {n} | {n} | {n} | {n}
""",
)

SURVEYS = pages(
    "agency release, surveys and lists",
    """
# a two-way table with row percentages
T | Table 4: Main activity by sex, 2011 Census
H | Main activity | Males | < | Females | < | Total
H | ^ | Number | % | Number | % | ^
= Main activity | Males/Number | Males/% | Females/Number | Females/% | Total
D | Worked | {k} | {p} | {k} | {p} | {k}
D | Looked for work | {k} | {p} | {k} | {p} | {k}
D | Homemaker | {k} | {p} | {k} | {p} | {k}
D | Student | {k} | {p} | {k} | {p} | {k}
D | Retired | {k} | {p} | {k} | {p} | {k}
S | Total | {+} | {+} | {+} | {+} | {+}
# subtotals of regions, total last
T | Beneficiaries by district, 2016
H | Region | District | Households | Persons
D3 | North | District N{1} | {k} | {k}
s | Subtotal | | {+^} | {+^}
D4 | South | District S{b1} | {k} | {k}
s | Subtotal | | {+^} | {+^}
S | Grand total | | {+} | {+}
# a list of officials, all text
T | Participants of the regional workshop
H | No. | Name | Institution | E-mail
D9 | {1} | Mr. {州} Smith | Ministry of {类} | name{j}@example.org
# questions down, answers across, base row
T | Q5. How satisfied are you with the following services?
T | Base: all respondents
H |  | Very satisfied | Satisfied | Dissatisfied | Don't know
D9 | {类} services | {p}% | {p}% | {p}% | {p}%
""",
)

PAGES = [*LEADERS, *METADATA, *SURVEYS]
