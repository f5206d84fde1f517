"""Layout profiles: the shipped ones hold, a broken one says where."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.document.profile import DEFAULT_PROFILE, PROFILES, load_profile
from assistant.errors import ConfigurationError


def broken(tmp_path: Path, change) -> str:
    data = yaml.safe_load((PROFILES / f"{DEFAULT_PROFILE}.yaml").read_text(encoding="utf-8"))
    change(data)
    (tmp_path / "county.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_profile("county", tmp_path)
    assert "county.yaml" in caught.value.message
    assert caught.value.way_out
    return caught.value.message


@pytest.mark.parametrize("name", sorted(path.stem for path in PROFILES.glob("*.yaml")))
def test_shipped_profiles(name: str) -> None:
    profile = load_profile(name)
    assert load_profile(name) is profile
    assert (profile.grid.rows.value, profile.grid.columns.value) == (22, 28)


def test_every_rule_has_a_clause_or_is_practice() -> None:
    def walk(node, path: str) -> None:
        if isinstance(node, dict) and "strength" in node:
            assert node.get("clause") or node["strength"] == "实务", path
        elif isinstance(node, dict):
            for key, value in node.items():
                walk(value, f"{path}.{key}")

    walk(yaml.safe_load((PROFILES / f"{DEFAULT_PROFILE}.yaml").read_text(encoding="utf-8")), "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["page"].pop("top"), "page.top：缺少这一项"),
        (lambda d: d["page"]["top"].update(value="三"), "page.top.value：应为数字"),
        (lambda d: d["page"]["top"].update(unit="英寸"), "page.top.unit：应为"),
        (lambda d: d["page"]["top"].update(strength="必须"), "page.top.strength：应为"),
        (lambda d: d["page"].update(topp=1), "page.topp：不认识这一项"),
        (lambda d: d["grid"]["pitch"].update(value=580), "算出的是21行、28字"),
        (lambda d: d["grid"]["spacing"].update(value=0), "算出的是22行、27字"),
        (lambda d: d["styles"].pop("date"), "styles 缺少 date"),
        (lambda d: d["styles"]["date"]["font"].update(value="隶书"), "styles.date.font 的“隶书”不在 typefaces 中"),
        (lambda d: d["styles"]["body"]["line"].update(value=30), "算出的是21行、28字"),
        (lambda d: d["styles"]["body"]["align"].update(value="中"), "styles.body.align.value：应为"),
        (lambda d: d["color"].update(value="red"), "color.value：应为六位十六进制颜色"),
        (lambda d: d["closing"]["sealed_right"].update(value=-1), "closing.sealed_right.value：不能小于零"),
        (lambda d: d["grid"]["spacing"].update(value=-320), "不大于零"),
        (lambda d: d["styles"]["page_number"]["line"].update(value=30), "超过了下边距"),
        (lambda d: d.update(based_on="county"), "绕了回来"),
    ],
)
def test_faults_name_the_place(tmp_path: Path, change, said: str) -> None:
    assert said in broken(tmp_path, change)


@pytest.mark.parametrize("text", ["a: [", "- 一", "", "\x00"])
def test_not_a_mapping(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"odd\.yaml"):
        load_profile("odd", tmp_path)


def test_unknown_name_offers_the_known() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_profile("../secret")
    assert DEFAULT_PROFILE in caught.value.for_user()
