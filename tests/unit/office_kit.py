"""LibreOffice driven by a macro of ours: opens a file, accepts or rejects every tracked change, saves it as .docx."""

from __future__ import annotations

import subprocess
from pathlib import Path

_BASIC = "http://openoffice.org/2000/script"
_LIBRARY = "http://openoffice.org/2000/library"
_MACRO = """
Sub Resolve()
  source = "SOURCE"
  target = "TARGET"
  command = "COMMAND"
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName"
  saved(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, saved())
  document.close(True)
  StarDesktop.terminate()
End Sub
"""
_COMMANDS = {True: ".uno:AcceptAllTrackedChanges", False: ".uno:RejectAllTrackedChanges"}


def resolved_by_office(data: bytes, folder: Path, *, accept: bool) -> bytes:
    """The file with all changes accepted or rejected by LibreOffice itself."""
    source, target = folder / "in.docx", folder / "out.docx"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    profile = folder / "office"
    told = {"SOURCE": source.as_uri(), "TARGET": target.as_uri(), "COMMAND": _COMMANDS[accept]}
    start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    if not profile.exists():
        # The first start makes the profile, and its own empty library of macros.
        subprocess.run([*start, "--terminate_after_init"], check=True, timeout=120, capture_output=True)
    _macro(profile / "user" / "basic", told)
    command = [*start, "macro:///Standard.Ours.Resolve"]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return target.read_bytes()


def _macro(folder: Path, told: dict[str, str]) -> None:
    standard = folder / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    for kind in ("script", "dialog"):
        link = (
            '<library:library library:name="Standard" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' xlink:href="$(USER)/basic/Standard/{kind}.xlb/" xlink:type="simple" library:link="false"/>'
        )
        (folder / f"{kind}.xlc").write_text(
            f'{head}<library:libraries xmlns:library="{_LIBRARY}">{link}</library:libraries>', encoding="utf-8"
        )
        element = '<library:element library:name="Ours"/>' if kind == "script" else ""
        (standard / f"{kind}.xlb").write_text(
            f'{head}<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false"'
            f' library:passwordprotected="false">{element}</library:library>',
            encoding="utf-8",
        )
    macro = _MACRO
    for name, value in told.items():
        macro = macro.replace(name, value)
    text = macro.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    (standard / "Ours.xba").write_text(
        f'{head}<script:module xmlns:script="{_BASIC}" script:name="Ours"'
        f' script:language="StarBasic">{text}</script:module>',
        encoding="utf-8",
    )
