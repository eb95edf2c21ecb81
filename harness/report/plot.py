"""Curves over one axis as SVG, without any library in the page.

Lines differ in colour, dash and marker, so that no reader depends on colour. NaN leaves a gap and is marked on the
bottom edge; an infinity, or what is too large for any scale, is an arrow at the top or the bottom edge.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

Values = npt.NDArray[np.float64]

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 16, 34
SAME_TO_THE_EYE = 1 / 1000
"""Curves nearer than this part of the axis everywhere are drawn as one."""
LARGEST_DRAWN, SMALLEST_RANGE = 1e300, 1e-290
"""Beyond these the range of an axis, or the distance of its ticks, would not be a number to divide by."""
STYLES = 8
"""How many line styles the style sheet has."""
MARKERS = (
    "m-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0",
    "m-3,-3h6v6h-6z",
    "m0,-4l4,7h-8z",
    "m0,-4l4,4l-4,4l-4,-4z",
    "m-3,-3l6,6m0,-6l-6,6",
    "m-4,0h8m-4,-4v8",
    "m-4,-3h8l-4,7z",
    "m-3,-4v8m6,0v-8",
)
"""Around the place where the pen is: circle, square, triangle, diamond, cross, plus, another triangle, two bars."""


@dataclass(frozen=True)
class Curve:
    """Values over the common axis: what was observed at a point in an environment."""

    point: str
    environment: str
    values: Values


@dataclass(frozen=True)
class Line:
    """What is drawn: the curves that coincide, under one label, such as `x.grad: torch, jax`."""

    label: str
    values: Values
    style: int


@dataclass(frozen=True)
class Plot:
    """The picture, and its legend as pairs of a sample of the line and its label."""

    svg: Markup
    legend: tuple[tuple[Markup, str], ...]


def plot(title: str, axis: str, x: Values, curves: Sequence[Curve]) -> Plot:
    """Draw curves over `x`, which is an axis (see `is_axis`) and as long as each of them."""
    low, high = _range(curve.values for curve in curves)
    lines = coinciding(curves, (high - low) * SAME_TO_THE_EYE)
    frame = _Frame(float(x[0]), float(x[-1]), low, high)
    svg = _element("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")
    ElementTree.SubElement(svg, "title").text = title
    svg.extend(_axes(frame, axis))
    svg.extend(_line(frame, x, line) for line in lines)
    return Plot(_markup(svg), tuple((_sample(line.style), line.label) for line in lines))


def is_axis(x: Values) -> bool:
    """Whether `x` increases over a range that can be drawn."""
    increasing = bool(np.all(np.abs(x) <= LARGEST_DRAWN) and np.all(np.diff(x) > 0))
    return increasing and bool(x[-1] - x[0] >= SMALLEST_RANGE)


def coinciding(curves: Sequence[Curve], nearness: float) -> list[Line]:
    """Curves that the eye cannot tell apart become one line with all their names."""
    groups: list[list[Curve]] = []
    for curve in curves:
        for group in groups:
            if np.allclose(group[0].values, curve.values, rtol=0, atol=nearness, equal_nan=True):
                group.append(curve)
                break
        else:
            groups.append([curve])
    return [Line(_label(group), group[0].values, number % STYLES) for number, group in enumerate(groups)]


def _label(curves: list[Curve]) -> str:
    environments: dict[str, list[str]] = {}
    for curve in curves:
        environments.setdefault(curve.point, []).append(curve.environment)
    return "; ".join(f"{point}: {', '.join(names)}" for point, names in environments.items())


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers from `low` to `high`: multiples of 1, 2 or 5 times a power of ten."""
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


@dataclass(frozen=True)
class _Frame:
    """From numbers to places on the paper."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return LEFT + (value - self.left) / (self.right - self.left) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def _range(values: Iterable[Values]) -> tuple[float, float]:
    """The values that can be drawn, with a margin; never empty."""
    finite = np.concatenate([value[np.abs(value) <= LARGEST_DRAWN] for value in values])
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    is_flat = high - low <= abs(high) * 1e-4
    margin = abs(high) * 0.1 if is_flat else (high - low) * 0.06
    if margin < SMALLEST_RANGE:
        margin = 1.0
    return low - margin, high + margin


def _axes(frame: _Frame, axis: str) -> Iterator[ElementTree.Element]:
    for value in ticks(frame.low, frame.high):
        y = frame.y(value)
        style = "zero" if value == 0 else "grid"
        yield _element("line", {"class": style}, x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        yield _text(f"{value:.6g}", LEFT - 8, y + 4, "end")
    for value in ticks(frame.left, frame.right):
        x = frame.x(value)
        yield _element("line", {"class": "tick"}, x1=x, x2=x, y1=HEIGHT - BOTTOM, y2=HEIGHT - BOTTOM + 5)
        yield _text(f"{value:.6g}", x, HEIGHT - BOTTOM + 18, "middle")
    yield _text(axis, WIDTH - RIGHT, HEIGHT - BOTTOM - 6, "end")


def _line(frame: _Frame, x: Values, line: Line) -> ElementTree.Element:
    group = _element("g", {"class": f"curve curve-{line.style}"})
    stroke: list[str] = []
    markers: list[str] = []
    begun = False
    for at, value in zip(map(float, x), map(float, line.values), strict=True):
        drawn = abs(value) <= LARGEST_DRAWN
        if drawn:
            place = f"{frame.x(at):.1f},{frame.y(value):.1f}"
            stroke.append(f"{'L' if begun else 'M'}{place}")
            markers.append(f"M{place}{MARKERS[line.style]}")
        elif math.isnan(value):
            group.append(_text("NaN", frame.x(at), HEIGHT - BOTTOM - 4, "middle"))
        else:
            text, edge = ("↑", TOP + 4) if value > 0 else ("↓", HEIGHT - BOTTOM - 4)
            group.append(_text(text, frame.x(at), edge, "middle"))
        begun = drawn
    group.append(_element("path", {"class": "stroke"}, d="".join(stroke)))
    group.append(_element("path", {"class": "marker"}, d="".join(markers)))
    return group


def _sample(style: int) -> Markup:
    svg = _element("svg", {"class": "sample", "aria-hidden": "true"}, viewBox="0 0 36 12")
    group = ElementTree.SubElement(svg, "g", {"class": f"curve curve-{style}"})
    group.append(_element("path", {"class": "stroke"}, d="M2,6H34"))
    group.append(_element("path", {"class": "marker"}, d=f"M18,6{MARKERS[style]}"))
    return _markup(svg)


def _text(text: str, x: float, y: float, anchor: str) -> ElementTree.Element:
    element = _element("text", {"text-anchor": anchor}, x=x, y=y)
    element.text = text
    return element


def _element(tag: str, attributes: dict[str, str] | None = None, **more: float | str) -> ElementTree.Element:
    plain = {name: value if isinstance(value, str) else f"{value:.1f}" for name, value in more.items()}
    return ElementTree.Element(tag, {**(attributes or {}), **plain})


def _markup(element: ElementTree.Element) -> Markup:
    return Markup(ElementTree.tostring(element, encoding="unicode"))  # ElementTree has escaped every text
