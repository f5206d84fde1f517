"""Layout profiles: the shipped ones hold, a broken one says where."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import yaml

from assistant.document.fonts import font_states, installed_fonts, registry_names
from assistant.document.profile import DEFAULT_PROFILE, PROFILES, add_profile, load_profile, profiles, remove_profile
from assistant.errors import ConfigurationError, ExportError, NigaoError


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


# ---- lines, people's own


def test_fault_tells_the_line_and_the_file_it_stands_in(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        f"based_on: {DEFAULT_PROFILE}\nname: 底本\npage:\n  top: {{value: 三十七}}\n", encoding="utf-8"
    )
    (tmp_path / "county.yaml").write_text("based_on: base\ngrid:\n  rows:\n    value: 多\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_profile("county", tmp_path)
    assert "第4行 grid.rows.value：应为整数" in caught.value.message
    assert "（底本 base.yaml）第4行 page.top.value：应为数字" in caught.value.message


def test_variant_overrides_single_values(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(
        f"based_on: {DEFAULT_PROFILE}\nname: 某县\ntypefaces:\n  仿宋: {{name: 仿宋}}\n", encoding="utf-8"
    )
    profile = load_profile("county", tmp_path)
    standard = load_profile()
    assert (profile.name, profile.typefaces["仿宋"].name) == ("某县", "仿宋")
    assert profile.page == standard.page
    assert profile.typefaces["仿宋"].same == standard.typefaces["仿宋"].same
    # A changed file is read again.
    (tmp_path / "county.yaml").write_text(f"based_on: {DEFAULT_PROFILE}\nname: 某某县\n", encoding="utf-8")
    assert load_profile("county", tmp_path).name == "某某县"


GOOD = f"based_on: {DEFAULT_PROFILE}\nname: 某县\n".encode()


def test_own_profiles_are_taken_in_listed_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    added = add_profile(GOOD, "某县.yaml", folder)
    assert (added.key, added.name, added.own, added.fault) == ("某县", "某县", True, "")
    (folder / "坏.yaml").write_text("name: 坏\n", encoding="utf-8")
    found = {one.key: one for one in profiles(folder)}
    assert next(iter(found)) == DEFAULT_PROFILE
    assert not found[DEFAULT_PROFILE].own
    assert found["某县"].own
    assert "缺少这一项" in found["坏"].fault
    assert load_profile("某县", folder).name == "某县"
    remove_profile("某县", folder)
    assert "某县" not in {one.key for one in profiles(folder)}
    with pytest.raises(ConfigurationError):
        remove_profile(DEFAULT_PROFILE, folder)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (GOOD + "纸: 大\n".encode(), "某县.yaml", "第3行 纸：不认识这一项"),
        (b"a: [", "x.yaml", "不是正确的 YAML"),
        (b"\xff\xfe\x00", "x.yaml", "UTF-8"),
        (b"a: &x 1\nb: *x\n", "x.yaml", "第1行 用了 & 或 * 引用"),
        (b"name: a\nname: b\n", "x.yaml", "第2行 “name”写了两次"),
        (b"#" * 300_000, "x.yaml", "文件过大"),
        (b"[" * 5000, "x.yaml", "x.yaml 有误"),
        (GOOD, "../x.yaml.yaml", ""),
        (GOOD, f"{DEFAULT_PROFILE}.yaml", "不能覆盖"),
        (GOOD, "a b?.yaml", "不能作版式的文件名"),
        (b"based_on: x\nname: x\n", "x.yaml", "绕了回来"),
    ],
)
def test_bad_profiles_are_not_taken_in(tmp_path: Path, data: bytes, name: str, said: str) -> None:
    folder = tmp_path / "profiles"
    if not said:
        # A path in the name leads nowhere else.
        assert add_profile(data, name, folder).key == "x.yaml"
        assert [path.name for path in tmp_path.rglob("*.yaml")] == ["x.yaml.yaml"]
        return
    with pytest.raises(NigaoError) as caught:
        add_profile(data, name, folder)
    assert said in caught.value.message
    assert not list(tmp_path.rglob("*.yaml"))


def test_profile_that_cannot_be_stored(tmp_path: Path) -> None:
    (tmp_path / "profiles").write_text("不是文件夹")
    with pytest.raises(ExportError, match="存不了"):
        add_profile(GOOD, "某县.yaml", tmp_path / "profiles")


# ---- fonts


def test_fonts_that_are_missing_are_told_with_what_stands_in() -> None:
    states = {one.role: one for one in font_states(load_profile(), frozenset({"仿宋_gb2312", "kaiti", "宋体"}))}
    assert (states["仿宋"].installed, states["仿宋"].stand_in) == (True, "")
    assert (states["楷体"].installed, states["楷体"].stand_in) == (False, "KaiTi")
    assert "“KaiTi”代替" in states["楷体"].sentence
    assert states["小标宋"].stand_in == "宋体"
    assert "没有相近的字体" in states["黑体"].sentence
    unknown = font_states(load_profile(), frozenset())
    assert {one.installed for one in unknown} == {None}
    assert all("查不到" in one.sentence for one in unknown)


def test_registry_names() -> None:
    assert registry_names("宋体 & 新宋体 (TrueType)") == ["宋体", "新宋体"]
    assert registry_names("仿宋_GB2312 (TrueType)") == ["仿宋_GB2312"]


def test_fonts_of_this_machine_are_found_or_none() -> None:
    found = installed_fonts()
    assert all(name == name.casefold() for name in found)
    assert bool(found) == bool(shutil.which("fc-list")) or sys.platform != "linux"
