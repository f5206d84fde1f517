"""缺报: who should report, held against who did."""

from __future__ import annotations

import pytest

from assistant.intake.ledger_expected import Reporting, named, read_names, reporting


@pytest.mark.parametrize(
    "text", ["柳林村\n杨湾村\n岭下村", "柳林村、杨湾村，岭下村", " 柳林村 ; 杨湾村\n\n岭下村、柳林村 "]
)
def test_a_list_is_read_as_people_write_it(text: str) -> None:
    assert read_names(text) == ("柳林村", "杨湾村", "岭下村")


def test_without_a_list_nobody_is_absent() -> None:
    assert reporting(["柳林村"], read_names("")) == Reporting((), (), ())


def test_who_did_not_report_and_who_is_not_on_the_list() -> None:
    told = reporting(["柳林村2025年（已填）", "山前村"], ("柳林村", "杨湾村", "岭下村"))
    assert told.absent == ("杨湾村", "岭下村")
    assert told.unlisted == ("山前村",)


def test_the_longest_name_is_meant() -> None:
    expected = ("柳林村", "东柳林村")
    assert named("东柳林村 填报", expected) == "东柳林村"
    assert reporting(["东柳林村"], expected).absent == ("柳林村",)


def test_a_name_with_spaces_in_it_is_the_same() -> None:
    assert named("柳 林 村", ("柳林村",)) == "柳林村"
