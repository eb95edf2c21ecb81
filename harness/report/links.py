"""Which text of a results file may become a link. Only http and https, and `owner/repository#number`."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_ISSUE = re.compile(r"([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)#([0-9]+)")


@dataclass(frozen=True)
class Reference:
    """A text, and where it leads if it is an address."""

    text: str
    address: str | None


def reference(text: str) -> Reference:
    """`https://...` and `pytorch/pytorch#1` lead somewhere, `seed 001` and `javascript:...` are plain text."""
    if issue := _ISSUE.fullmatch(text):
        return Reference(text, f"https://github.com/{issue[1]}/issues/{issue[2]}")
    return Reference(text, text if _is_web_address(text) else None)


def case_anchor(case: str) -> str:
    """The id of a case's section, and its fragment in the address: `case/double_use/add_chain`."""
    return "case/" + quote(case, safe="/")


def _is_web_address(text: str) -> bool:
    if re.search(r"\s", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
