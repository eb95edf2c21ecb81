from markupsafe import Markup

from harness.report.scripts import highlight, views


def test_scripts_with_the_same_text_share_a_view() -> None:
    made = views([("torch", "x = 1"), ("jax", "x = 2"), ("chainer", "x = 1")])
    assert [("torch", "chainer"), ("jax",)] == [view.environments for view in made]


def test_what_is_highlighted_keeps_its_text() -> None:
    text = "def f(x):\n    return x < 'a & b'  # <why>\n"
    assert text == highlight(text).unescape().replace('<span class="k">', "").replace('<span class="s">', "").replace(
        '<span class="c">', ""
    ).replace("</span>", "")


def test_markup_in_a_script_is_escaped() -> None:
    assert Markup('<span class="c"># &lt;/script&gt;</span>\n') == highlight("# </script>")
