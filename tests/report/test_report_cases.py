from __future__ import annotations

from louxing_analysis import reference
from louxing_analysis.report.cases import cases


def test_each_village_of_the_claims_has_its_case_named_after_the_claim():
    found = {(case.indicator, case.where["village"]): case for case in cases()}
    assert set(found) == {("meeting_attendance", "儒阶冲村"), ("beneficiaries_by_mode", "清桥村")}
    attendance = found["meeting_attendance", "儒阶冲村"]
    assert attendance.name == "rujiechong-meeting-attendance"
    assert attendance.where == {"township": "万宝镇", "village": "儒阶冲村"}
    assert attendance.draw.keywords == {"change": "2019-08"}  # the first month of the later claim
    assert found["beneficiaries_by_mode", "清桥村"].choices["years"] == [2019]


def test_no_place_is_written_into_the_code():
    claims = reference.load().claims
    assert all(case.where["village"] in " ".join(claims["filter"].dropna()) for case in cases())
