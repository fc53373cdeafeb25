"""For every rule a drawn table with a row that breaks it, one just at the edge, and one that says too little."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A rule, the ledger and column it judges, the drawn table, and the tables beside it."""

    rule: str
    target: str
    drawing: str
    beside: dict[str, str] = {}  # noqa: RUF012 - never changed
    last_year: int | None = None


MEMBERS_OF_TWO = """
household_id | register_year | health_codes     | student_code | labour_code
a            | 2018          | chronic          | not_student  | weak
b            | 2018          | healthy          | not_student  | ordinary
b            | 2018          | healthy          | not_student  | skilled
b            | 2018          | healthy          | not_student  | ordinary
c            | 2016          | healthy¦disabled | senior       | ordinary
c            | 2018          | healthy          | not_student  | weak
d            | 2018          |                  |              |
"""

CASES = [
    # identity
    Case(
        "birth_differs_from_id",
        "members.birth_date",
        """
birth_date | birth_date_precision | id_number | id_number:birth | what
1965-03-12 | day                  | x         | 1965-03-12      | holds
1965-03-13 | day                  | x         | 1965-03-12      | breaks
1965-03-01 | month                | x         | 1965-03-12      | holds
1965-04-01 | month                | x         | 1965-03-12      | breaks
1965-01-01 | year                 | x         | 1965-03-12      | holds
1966-01-01 | year                 | x         | 1965-03-12      | breaks
           |                      | x         | 1965-03-12      | -
1965-03-12 | day                  |           |                 | -
""",
    ),
    Case(
        "sex_differs_from_id",
        "members.sex_code",
        """
sex_code | id_number | id_number:sex | what
male     | x         | male          | holds
female   | x         | male          | breaks
female   |           |               | -
""",
    ),
    Case(
        "id_kind_differs",
        "members.id_kind_code",
        """
id_kind_code           | id_number | id_number:degree | what
resident_card          | x         |                  | holds
disability_certificate | x         | 43               | holds
resident_card          | x         | 43               | breaks
disability_certificate | x         |                  | breaks
military               | x         |                  | -
resident_card          |           |                  | -
""",
    ),
    Case(
        "id_two_names",
        "members.name",
        """
id_number | name   | what
1         | 张三   | holds
1         | 張三   | holds
1         | 李四   | breaks
1         | 张?    | -
2         | 王五   | holds
2         | 王武   | breaks
          | 赵六   | -
""",
    ),
    Case(
        "head_id_shared",
        "households.head_id_number",
        """
head_id_number | household_code | register_year | what
1              | a              | 2018          | breaks
1              | b              | 2018          | breaks
1              | a              | 2019          | holds
2              | c              | 2018          | holds
2              | c              | 2018          | holds
               | d              | 2018          | -
""",
    ),
    # household
    Case(
        "no_head",
        "members.relation_code",
        """
household_id | register_year | relation_code | what
a            | 2018          | head          | holds
a            | 2018          | son           | holds
b            | 2018          | spouse        | breaks
b            | 2018          | son           | holds
b            | 2019          | head          | holds
c            | 2018          | son           | -
c            | 2018          |               | -
             | 2018          | son           | -
""",
    ),
    Case(
        "several_heads",
        "members.relation_code",
        """
household_id | register_year | relation_code | what
a            | 2018          | head          | holds
a            | 2018          | head          | breaks
a            | 2019          | head          | holds
b            | 2018          | head          | holds
b            | 2018          |               | -
""",
    ),
    Case(
        "several_spouses",
        "members.relation_code",
        """
household_id | register_year | relation_code | what
a            | 2018          | spouse        | holds
a            | 2018          | spouse        | breaks
a            | 2018          | spouse        | breaks
b            | 2018          | spouse        | holds
             | 2018          | spouse        | -
""",
    ),
    Case(
        "size_differs",
        "households.household_size",
        """
household_id | register_year | household_size | what
a            | 2018          | 2              | holds
b            | 2018          | 2              | breaks
c            | 2018          | 2              | -
d            | 2018          |                | -
""",
        {
            "members": """
household_id | register_year | health_codes
a            | 2018          | healthy
a            | 2018          | chronic¦deceased
a            | 2018          |
b            | 2018          | healthy
b            | 2017          | healthy
d            | 2018          | healthy
"""
        },
    ),
    Case(
        "household_large",
        "households.household_size",
        """
register_year | household_size | what
2018          | 7              | breaks
2018          | 6              | holds
2018          |                | -
              | 7              | -
""",
    ),
    Case(
        "relation_sex_differs",
        "members.relation_code",
        """
relation_code   | sex_code | what
son             | female   | breaks
son             | male     | holds
daughter_in_law | male     | breaks
mother          | female   | holds
spouse          | male     | holds
head            | female   | holds
son             |          | -
                | female   | -
""",
    ),
    # schooling, labour, health
    Case(
        "education_of_student",
        "members.education_code",
        """
sheet | education_code | student_code | what
one   | primary        | junior       | breaks
one   | primary        | not_student  | holds
one   |                | junior       | holds
one   | primary        |              | -
one   | preschool      | preschool    | holds
two   |                | junior       | -
""",
    ),
    Case(
        "schooling_not_stated",
        "members.education_code",
        """
sheet | education_code | student_code | what
one   |                | not_student  | breaks
one   |                |              | breaks
one   |                | junior       | holds
one   | primary        | not_student  | holds
two   |                | not_student  | -
""",
    ),
    Case(
        "student_old",
        "members.student_code",
        """
register_year | birth_year | student_code | what
2018          | 1988       | university   | breaks
2018          | 1989       | university   | holds
2018          | 1970       | not_student  | holds
2018          |            | university   | -
2018          | 1980       |              | -
""",
    ),
    Case(
        "child_out_of_school",
        "members.student_code",
        """
register_year | birth_year | id_number:birth | health_codes | student_code | what
2018          | 2012       | 2012-08-31      | healthy      | not_student  | breaks
2018          | 2012       | 2012-09-01      | healthy      | not_student  | holds
2018          | 2012       |                 | healthy      | not_student  | holds
2018          | 2011       |                 | healthy      | not_student  | breaks
2018          | 2004       | 2004-05-01      | healthy      | not_student  | breaks
2018          | 2003       | 2003-05-01      | healthy      | not_student  | holds
2018          | 2010       | 2010-05-01      | disabled     | not_student  | holds
2018          | 2010       | 2010-05-01      | healthy      | primary      | holds
2018          | 2010       | 2010-05-01      |              | not_student  | -
2018          |            |                 | healthy      | not_student  | -
""",
    ),
    Case(
        "able_age_without_labour",
        "members.labour_code",
        """
register_year | birth_year | student_code | labour_code | what
2018          | 2002       | not_student  | none        | breaks
2018          | 2003       | not_student  | none        | holds
2018          | 1953       | not_student  | none        | breaks
2018          | 1952       | not_student  | none        | holds
2018          | 2000       | senior       | none        | holds
2018          | 1980       | not_student  | lost        | holds
2018          | 1980       | not_student  |             | -
2018          |            | not_student  | none        | -
""",
    ),
    Case(
        "works_without_labour",
        "members.labour_code",
        """
sheet | labour_code | work_months | work_code       | what
one   | none        | 1           |                 | breaks
one   | lost        |             | out_of_province | breaks
one   | none        | 0           |                 | holds
one   | weak        | 6           | in_county       | holds
one   |             | 6           | in_county       | -
two   | none        |             |                 | -
""",
    ),
    Case(
        "healthy_but_lost",
        "members.labour_code",
        """
health_codes | labour_code | what
healthy      | lost        | breaks
healthy      | weak        | holds
disabled     | lost        | holds
             | lost        | -
""",
    ),
    Case(
        "healthy_and_ill",
        "members.health_codes",
        """
health_codes    | what
healthy         | holds
healthy¦chronic | breaks
chronic¦serious | holds
                | -
""",
    ),
    Case(
        "deceased_listed",
        "members.health_codes",
        """
health_codes     | what
chronic¦deceased | breaks
chronic          | holds
                 | -
""",
    ),
    # cause
    Case(
        "cause_illness_without_sick",
        "households.cause_main_code",
        """
household_id | register_year | cause_main_code | what
a            | 2018          | illness         | holds
b            | 2018          | illness         | breaks
b            | 2018          | skills          | holds
b            | 2018          |                 | -
d            | 2018          | illness         | -
e            | 2018          | illness         | -
""",
        {"members": MEMBERS_OF_TWO},
    ),
    Case(
        "cause_disability_without_disabled",
        "households.cause_main_code",
        """
household_id | register_year | cause_main_code | what
a            | 2018          | disability      | breaks
c            | 2018          | disability      | holds
c            | 2017          | disability      | -
d            | 2018          | disability      | -
""",
        {"members": MEMBERS_OF_TWO},
    ),
    Case(
        "cause_schooling_without_student",
        "households.cause_main_code",
        """
household_id | register_year | cause_main_code | what
a            | 2018          | schooling       | breaks
c            | 2018          | schooling       | holds
c            | 2016          | schooling       | holds
e            | 2018          | schooling       | -
""",
        {"members": MEMBERS_OF_TWO},
    ),
    Case(
        "cause_labour_with_workers",
        "households.cause_main_code",
        """
household_id | register_year | cause_main_code | what
a            | 2018          | labour          | holds
b            | 2018          | labour          | breaks
b            | 2018          | skills          | holds
d            | 2018          | labour          | -
""",
        {"members": MEMBERS_OF_TWO},
    ),
    Case(
        "causes_many",
        "households.causes_other_codes",
        """
register_year | causes_other_codes     | what
2018          | skills¦capital¦land    | breaks
2018          | skills¦capital         | holds
2018          |                        | -
""",
    ),
    Case(
        "cause_repeated",
        "households.causes_other_codes",
        """
cause_main_code | causes_other_codes | what
illness         | skills¦illness     | breaks
illness         | skills             | holds
                | skills             | -
illness         |                    | -
""",
    ),
    # work
    Case(
        "work_place_without_months",
        "members.work_months",
        """
sheet | work_code | work_months | what
one   | in_county |             | breaks
one   | in_county | 0           | breaks
one   | in_county | 1           | holds
one   |           | 3           | holds
two   | in_county |             | -
""",
    ),
    Case(
        "work_months_without_place",
        "members.work_code",
        """
sheet | work_code | work_months | what
one   |           | 1           | breaks
one   |           | 0           | holds
one   | in_county | 1           | holds
one   |           |             | -
two   |           | 3           | -
""",
    ),
    Case(
        "wage_without_months",
        "incomes.wage_income",
        """
household_id | income_year | wage_income | what
a            | 2018        | 5000        | breaks
a            | 2018        | 0           | holds
b            | 2018        | 5000        | holds
c            | 2018        | 5000        | holds
a            | 2018        |             | -
e            | 2018        | 5000        | -
""",
        {
            "members": """
household_id | register_year | work_months | work_code
a            | 2018          | 0           |
b            | 2018          | 3           | in_county
c            | 2018          |             | in_county
"""
        },
    ),
    Case(
        "months_without_wage",
        "incomes.wage_income",
        """
sheet | household_id | income_year | wage_income | what
one   | b            | 2018        | 0           | breaks
one   | b            | 2018        |             | breaks
one   | b            | 2018        | 1           | holds
one   | a            | 2018        | 0           | holds
one   | e            | 2018        | 0           | -
two   | b            | 2018        |             | -
""",
        {
            "members": """
household_id | register_year | work_months | work_code
a            | 2018          | 0           |
b            | 2018          | 3           | in_county
"""
        },
    ),
    Case(
        "old_without_pension",
        "members.has_resident_pension",
        """
register_year | birth_year | has_resident_pension | has_employee_pension | what
2018          | 1958       | no                   |                      | breaks
2018          | 1959       | no                   |                      | holds
2018          | 1950       | no                   | yes                  | holds
2018          | 1950       | yes                  |                      | holds
2018          | 1950       |                      |                      | -
""",
    ),
    Case(
        "old_without_pension_income",
        "incomes.transfer_pension",
        """
sheet | household_id | income_year | transfer_pension | what
one   | a            | 2018        | 0                | breaks
one   | a            | 2018        |                  | breaks
one   | a            | 2018        | 1200             | holds
one   | b            | 2018        | 0                | holds
one   | c            | 2018        | 0                | -
two   | a            | 2018        |                  | -
""",
        {
            "members": """
household_id | register_year | birth_year
a            | 2018          | 1957
b            | 2018          | 1958
c            | 2018          |
"""
        },
    ),
    # policy
    Case(
        "minimum_living_without_allowance",
        "incomes.transfer_minimum_living",
        """
sheet | household_id | income_year | transfer_minimum_living | what
one   | a            | 2018        | 0                       | breaks
one   | a            | 2018        |                         | breaks
one   | a            | 2018        | 1                       | holds
one   | b            | 2018        | 0                       | holds
one   | e            | 2018        | 0                       | -
two   | a            | 2018        |                         | -
""",
        {"households": "household_id | register_year | household_type_code\na | 2018 | dibao\nb | 2018 | general"},
    ),
    Case(
        "destitute_with_minimum_living",
        "incomes.transfer_minimum_living",
        """
household_id | income_year | transfer_minimum_living | what
a            | 2018        | 1                       | breaks
a            | 2018        | 0                       | holds
b            | 2018        | 1                       | holds
a            | 2018        |                         | -
a            | 2017        | 1                       | -
""",
        {"households": "household_id | register_year | household_type_code\na | 2018 | tekun\nb | 2018 | dibao"},
    ),
    Case(
        "both_allowances",
        "incomes.transfer_destitute",
        """
transfer_destitute | transfer_minimum_living | what
1                  | 1                       | breaks
1                  | 0                       | holds
0                  | 1                       | holds
1                  |                         | -
""",
    ),
    Case(
        "destitute_and_minimum_living",
        "members.is_destitute_supported",
        """
is_destitute_supported | is_minimum_living | what
yes                    | yes               | breaks
yes                    | no                | holds
no                     | yes               | holds
yes                    |                   | -
""",
    ),
    Case(
        "type_differs_from_status",
        "households.household_type_code",
        """
sheet | household_type_code | household_type_code:status | exit_status_code | what
one   | general             | exited                     | not_exited       | breaks
one   | general             | exited                     | fallen_back      | breaks
one   | general             | exited                     | exited           | holds
one   | general             | not_exited                 | exited           | breaks
one   | general             | not_exited                 | not_exited       | holds
one   | general             | exited                     |                  | -
one   | dibao               |                            | exited           | -
two   | general             | not_exited                 | exited           | -
""",
    ),
    Case(
        "general_above_line",
        "households.per_capita_net_income",
        """
household_id | register_year | per_capita_net_income | household_type_code | exit_status_code | what
b            | 2018          | 3536                  | general             | not_exited       | breaks
b            | 2018          | 3535                  | general             | not_exited       | holds
b            | 2018          | 9000                  | dibao               | not_exited       | holds
b            | 2018          | 9000                  | general             | exited           | holds
a            | 2018          | 9000                  | general             | not_exited       | holds
b            | 2018          |                       | general             | not_exited       | -
d            | 2018          | 9000                  | general             | not_exited       | -
b            | 2030          | 9000                  | general             | not_exited       | -
""",
        {"members": MEMBERS_OF_TWO},
    ),
    # income
    *(
        Case(
            f"{source}_income_tiny",
            f"incomes.{source}_income",
            f"""
income_year | {source}_income | what
2018        | 99.9            | breaks
2018        | 100             | holds
2018        | 0               | holds
2018        |                 | -
""",
        )
        for source in ("wage", "business", "property")
    ),
    *(
        Case(
            f"{source}_income_missing",
            f"incomes.{source}_income",
            f"""
sheet | {source}_income | what
one   |                 | breaks
one   | 0               | holds
two   |                 | -
""",
        )
        for source in ("wage", "business", "property")
    ),
    Case(
        "per_head_low",
        "incomes.per_capita_net_income",
        """
income_year | per_capita_net_income | what
2018        | 500                   | breaks
2018        | 500.1                 | holds
2018        | 0                     | breaks
2018        |                       | -
""",
    ),
    Case(
        "per_head_high",
        "households.per_capita_net_income",
        """
register_year | per_capita_net_income | what
2018          | 30000                 | holds
2018          | 30000.1               | breaks
2018          |                       | -
""",
    ),
    Case(
        "poor_with_high_income",
        "incomes.per_capita_net_income",
        """
household_id | income_year | per_capita_net_income | what
a            | 2018        | 20001                 | breaks
a            | 2018        | 20000                 | holds
b            | 2018        | 20001                 | holds
c            | 2018        | 20001                 | -
a            | 2018        |                       | -
""",
        {"households": "household_id | register_year | exit_status_code\na | 2018 | not_exited\nb | 2018 | exited"},
    ),
    Case(
        "exited_below_line",
        "households.per_capita_net_income",
        """
household_id | register_year | per_capita_net_income | exit_status_code | what
a            | 2018          | 3534                  | exited           | breaks
a            | 2018          | 3535                  | exited           | holds
a            | 2017          | 3534                  | exited           | holds
a            | 2018          | 100                   | not_exited       | holds
a            | 2018          |                       | exited           | -
a            | 2030          | 100                   | exited           | -
a            | 2018          | 100                   |                  | -
""",
    ),
    Case(
        "business_without_expense",
        "incomes.business_expense",
        """
sheet | business_income | business_expense | what
one   | 1               | 0                | breaks
one   | 1               |                  | breaks
one   | 1               | 1                | holds
one   | 0               | 0                | holds
one   |                 | 0                | -
two   | 1               |                  | -
""",
    ),
    Case(
        "income_does_not_add_up",
        "incomes.net_income",
        """
income_year | household_size | computed_net_income | net_income | what
2018        | 3              | 9000                | 9003       | holds
2018        | 3              | 9000                | 9003.1     | breaks
2018        |                | 9000                | 9001       | holds
2018        |                | 9000                | 8998       | breaks
2018        | 3              | 9000                |            | -
2018        | 3              |                     | 9000       | -
""",
    ),
    Case(
        "per_head_differs",
        "incomes.per_capita_net_income",
        """
income_year | household_size | per_capita_net_income | net_income | what
2018        | 3              | 3000                  | 9003       | holds
2018        | 3              | 3000                  | 9003.1     | breaks
2018        |                | 3000                  | 9000       | -
2018        | 3              | 3000                  |            | -
""",
    ),
    Case(
        "transfers_exceed_sum",
        "incomes.transfer_income",
        """
income_year | household_size | transfer_pension | transfer_farming | transfer_income | what
2018        | 2              | 1000             | 502              | 1500            | holds
2018        | 2              | 1000             | 502.1            | 1500            | breaks
2018        | 2              | 1000             |                  | 1500            | holds
2018        | 2              |                  |                  | 1500            | -
2018        | 2              | 1000             | 500              |                 | -
""",
    ),
    Case(
        "income_jump",
        "incomes.per_capita_net_income",
        """
household_id | income_year | per_capita_net_income | what
a            | 2018        | 3000                  | breaks
b            | 2018        | 300                   | breaks
c            | 2018        | 3000                  | holds
d            | 2018        | 30000                 | -
a            | 2017        | 300                   | -
b            | 2017        | 3000                  | -
c            | 2017        | 301                   | -
d            | 2016        | 300                   | -
e            | 2017        | 0                     | -
e            | 2018        | 3000                  | -
""",
    ),
    # land and house
    *(
        Case(
            rule,
            f"households.{column}",
            f"register_year | {column} | what\n2018 | {breaks} | breaks\n2018 | {holds} | holds\n2018 | | -",
        )
        for rule, column, breaks, holds in (
            ("farm_area_large", "farm_area_mu", 10, 9.9),
            ("forest_area_large", "forest_area_mu", 50, 49.9),
            ("house_large", "house_area_m2", 500, 499.9),
            ("road_far", "road_distance_km", 2.1, 2),
        )
    ),
    Case(
        "irrigated_exceeds_farm",
        "households.irrigated_area_mu",
        """
irrigated_area_mu | farm_area_mu | what
3.1               | 3            | breaks
3                 | 3            | holds
3                 |              | -
""",
    ),
    Case(
        "exited_house_small",
        "households.house_area_m2",
        """
register_year | exit_status_code | house_area_m2 | what
2018          | exited           | 9.9           | breaks
2018          | exited           | 10            | holds
2018          | not_exited       | 5             | holds
2018          |                  | 5             | -
2018          | exited           |               | -
""",
    ),
    # phone
    Case(
        "phone_not_mobile",
        "pairings.cadre_phone",
        """
cadre_phone          | what
10000000000          | holds
07388311111          | breaks
8311111              | breaks
07388311111¦10000000000 | holds
                     | -
""",
    ),
    Case(
        "phone_shared",
        "households.phone",
        """
household_id | register_year | phone       | what
a            | 2018          | 10000000000 | breaks
b            | 2018          | 10000000000 | breaks
a            | 2019          | 10000000000 | holds
c            | 2018          | 10000000001 | holds
c            | 2018          |             | -
""",
    ),
    Case(
        "cadre_phone_shared",
        "pairings.cadre_phone",
        """
cadre_id | start_date | cadre_phone | what
x        | 2017-01-01 | 10000000000 | breaks
y        | 2018-01-01 | 10000000000 | breaks
z        | 2018-01-01 | 10000000001 | holds
z        |            | 10000000001 | holds
z        | 2018-01-01 |             | -
""",
    ),
    # monitoring
    Case(
        "removed_too_soon",
        "monitoring.removed_date",
        """
register_year | monitored_date | monitored_date_precision | removed_date | removed_date_precision | what
2022          | 2022-01-01     | month                    | 2022-06-01   | month                  | breaks
2022          | 2022-01-01     | month                    | 2022-07-01   | month                  | holds
2022          | 2021-12-01     | month                    | 2022-03-01   | month                  | -
2022          | 2022-01-01     | year                     | 2022-06-01   | month                  | -
2022          | 2022-01-01     | month                    |              |                        | -
""",
    ),
    Case(
        "measures_late",
        "monitoring.measures_date",
        """
register_year | monitored_date | monitored_date_precision | measures_date | measures_date_precision | what
2022          | 2022-01-01     | month                    | 2022-03-01    | month                   | breaks
2022          | 2022-01-01     | month                    | 2022-02-01    | month                   | holds
2022          | 2022-01-01     | month                    | 2021-12-01    | month                   | breaks
2022          | 2022-01-01     | month                    |               |                         | -
""",
    ),
    Case(
        "income_outside_band",
        "monitoring.per_capita_net_income",
        """
per_capita_net_income | income_band   | what
6000                  | 6000-8000元   | holds
5999                  | 6000-8000元   | breaks
10000                 | 10000元以上   | holds
6001                  | 6000元以下    | breaks
6001                  | 较低          | -
                      | 6000元以下    | -
""",
    ),
    Case(
        "monitored_with_high_income",
        "monitoring.per_capita_net_income",
        """
register_year | per_capita_net_income | what
2023          | 20001                 | breaks
2023          | 20000                 | holds
2022          | 20001                 | -
2023          |                       | -
""",
    ),
    # projects
    Case(
        "sources_exceed_total",
        "projects.amount_total",
        """
project_year | amount_central | amount_county | amount_self | amount_total | what
2018         | 100000         | 50250         |             | 150000       | holds
2018         | 100000         | 50251         |             | 150000       | breaks
2018         | 100000         |               | 90000       | 150000       | holds
2018         |                |               | 90000       | 150000       | -
2018         | 100000         | 50000         |             |              | -
""",
    ),
    *(
        Case(
            rule,
            f"projects.{column}",
            f"{column} | {other} | what\n{breaks} | 5 | breaks\n5 | 5 | holds\n5 | | -",
        )
        for rule, column, other, breaks in (
            ("paid_exceeds_total", "amount_paid", "amount_total", 5.1),
            ("done_exceeds_total", "amount_done", "amount_total", 5.1),
            ("people_fewer_than_households", "beneficiary_people", "beneficiary_households", 4),
        )
    ),
    # dates
    Case(
        "end_before_start",
        "pairings.end_date",
        """
start_date | start_date_precision | end_date   | end_date_precision | what
2018-05-01 | day                  | 2018-04-30 | day                | breaks
2018-05-01 | day                  | 2018-05-01 | day                | holds
2018-05-20 | day                  | 2018-05-01 | month              | holds
2018-06-01 | day                  | 2018-05-01 | month              | breaks
2018-05-20 | day                  | 2018-01-01 | year               | holds
2018-05-20 | day                  |            |                    | -
           |                      | 2018-05-01 | day                | -
""",
    ),
    *(
        Case(
            rule,
            f"households.{column}",
            f"{column} | {other} | what\n{breaks} | 2016 | breaks\n2016 | 2016 | holds\n | 2016 | -",
        )
        for rule, column, other, breaks in (
            ("exit_before_identified", "exit_year", "identified_year", 2015),
            ("exit_after_register", "exit_year", "register_year", 2017),
            ("identified_after_register", "identified_year", "register_year", 2017),
        )
    ),
    Case(
        "born_after_register",
        "members.birth_date",
        "register_year | birth_year | what\n2018 | 2019 | breaks\n2018 | 2018 | holds\n2018 | | -",
    ),
    Case(
        "after_last_year",
        "visits.visit_date",
        "visit_date | what\n2021-01-01 | breaks\n2020-12-31 | holds\n | -",
        last_year=2020,
    ),
    Case(
        "before_birth",
        "aid.aid_date",
        """
id_number | id_number:birth | aid_date   | aid_date_precision | what
x         | 2018-06-12      | 2018-06-11 | day                | breaks
x         | 2018-06-12      | 2018-06-12 | day                | holds
x         | 2018-06-12      | 2018-06-01 | month              | holds
x         | 2018-06-12      | 2018-05-01 | month              | breaks
          |                 | 2018-06-11 | day                | -
x         | 2018-06-12      |            |                    | -
""",
    ),
    Case(
        "rectified_before_inspection",
        "inspections.rectified_date",
        """
inspection_month | rectified_date | rectified_date_precision | what
2018-06          | 2018-05-31     | day                      | breaks
2018-06          | 2018-06-01     | day                      | holds
2018-06          | 2018-06-01     | month                    | holds
2018-06          | 2018-05-01     | month                    | breaks
2018-06          |                |                          | -
                 | 2018-06-01     | day                      | -
""",
    ),
    # meetings
    Case(
        "present_exceeds_expected",
        "meetings.present_count",
        "present_count | expected_count | what\n21 | 20 | breaks\n20 | 20 | holds\n5 | | -",
    ),
    Case(
        "meeting_counts_differ",
        "meetings.expected_count",
        """
expected_count | present_count | excused_count | absent_count | what
20             | 15            | 3             | 2            | holds
20             | 15            | 3             | 1            | breaks
20             | 15            | 3             |              | -
""",
    ),
    Case(
        "below_quorum",
        "meetings.present_count",
        """
meeting_date | meeting_type_code | expected_count | present_count | what
2019-05-01   | members_meeting   | 20             | 10            | breaks
2019-05-01   | members_meeting   | 20             | 11            | holds
2019-05-01   | representatives   | 30             | 20            | holds
2019-05-01   | representatives   | 30             | 19            | breaks
2019-05-01   | theme_day         | 20             | 1             | -
2019-05-01   | members_meeting   | 20             |               | -
2019-05-01   | members_meeting   | 0              | 0             | -
""",
    ),
    Case(
        "rectified_exceeds_found",
        "inspections.issues_rectified_count",
        "issues_rectified_count | issues_found_count | what\n3 | 2 | breaks\n2 | 2 | holds\n2 | | -",
    ),
]
