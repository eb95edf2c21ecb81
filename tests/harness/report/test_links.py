import pytest

from harness.report.links import case_anchor, reference


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("http://example.org", "http://example.org"),
        ("pytorch/pytorch#123", "https://github.com/pytorch/pytorch/issues/123"),
        ("seed 001", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://", None),
        ("https://[", None),
        ("https://example.org and more", None),
        ("https://example.org\n", None),
        ("a/b/c#1", None),
        ("", None),
    ],
)
def test_only_web_addresses_and_issues_become_links(text: str, address: str | None) -> None:
    assert address == reference(text).address
    assert text == reference(text).text


def test_the_anchor_of_an_ordinary_case_is_its_id() -> None:
    assert "case/double_use/add_chain" == case_anchor("double_use/add_chain")
    assert "case/a%20%22/b" == case_anchor('a "/b')
