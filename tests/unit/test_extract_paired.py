"""Faults with their causes and remedies side by side, one told like the other."""

from __future__ import annotations

import pytest
from lists_kit import CAUSES, FAULTS, PLANS, items


@pytest.mark.parametrize(
    "said",
    [
        "夜训课目偏少，原因是没有照明设备，明年要在操场装灯；库房管理松散，原因是保管员兼职，明年要配一名专职保管员。",
        "夜训课目偏少。根子在于没有照明设备。办法是在操场装灯。\n库房管理松散。根子在于保管员兼职。办法是配一名专职保管员。",
        "困难一：夜训课目偏少。原因：没有照明设备。对策：在操场装灯。\n困难二：库房管理松散。原因：保管员兼职。对策：配一名专职保管员。",
        "其一，夜训课目偏少，主要是没有照明设备，下一步将在操场装灯。其二，库房管理松散，主要是保管员兼职，下一步将配一名专职保管员。",
        "夜训课目偏少（原因：没有照明设备），为此要在操场装灯；库房管理松散（原因：保管员兼职），为此要配一名专职保管员。",
    ],
)
@pytest.mark.parametrize("heading", ["三、问题、原因及对策\n", "三、看看自己\n"])
def test_each_fault_has_its_cause_and_its_remedy(heading: str, said: str) -> None:
    text = f"{heading}{said}\n"
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]
    assert items(text, CAUSES) == ["没有照明设备", "保管员兼职"]
    assert items(text, PLANS) == ["在操场装灯", "配一名专职保管员"]


def test_a_plan_behind_all_faults_is_no_remedy_of_the_last() -> None:
    text = (
        "三、不足\n夜训课目偏少，原因是没有照明设备；库房管理松散，原因是保管员兼职。"
        "明年，做好两件事：一是装灯照亮操场；二是整修库房门窗。\n"
    )
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]
    assert items(text, CAUSES) == ["没有照明设备", "保管员兼职"]
    assert items(text, PLANS) == ["装灯照亮操场", "整修库房门窗"]


def test_a_heading_is_no_fault() -> None:
    text = "三、正视不足，明年再上台阶\n夜训课目偏少，明年在操场装灯。\n"
    assert "正视不足" not in items(text, FAULTS)


@pytest.mark.parametrize(
    "said",
    [
        "三、训练\n射击训练三天，主要是步枪；救护训练两天，主要是包扎。\n",
        "三、训练\n今年办班3期，明年要办4期；今年点验2次，明年要点验3次。\n",
    ],
)
def test_what_says_nothing_wrong_is_no_fault(said: str) -> None:
    assert items(said, FAULTS) == items(said, CAUSES) == []
