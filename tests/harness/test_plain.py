"""Control characters do not get through."""

from harness.plain import plain


def test_escape_codes_and_what_xml_cannot_hold_are_left_out() -> None:
    assert "red[31m text" == plain("red\x1b[31m\x00 text\ud800\x7f")


def test_lines_tabs_and_every_script_stay() -> None:
    assert "a\n\tß 勾配 ≠" == plain("a\n\tß 勾配 ≠")
