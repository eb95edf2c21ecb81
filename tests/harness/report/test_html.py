import json
import re
from base64 import b64encode
from hashlib import sha256

import msgspec
import numpy as np
import pytest

from harness.report import model, render
from harness.results import CaseRecord, Mistake, Results, ScriptRecord, Verdict, iterate
from tests.harness.report.conftest import HOSTILE, case, program, seen, square, verdict
from tests.harness.report.page import Element, parse, unpack


@pytest.fixture
def page(results: Results) -> Element:
    return parse(render(results))


@pytest.fixture
def hostile_page(hostile_results: Results) -> Element:
    return parse(render(hostile_results))


def test_the_heading_counts_the_failures_and_says_where_to_look_first(page: Element) -> None:
    (header,) = page.all("header")
    assert "1 of 3 verdicts fail" == header.all("h1")[0].text
    (first,) = header.all(class_="failure")
    assert "crossgrad replay results.jsonl topic/square --env=torch" == first.all("code")[0].text
    assert "#case/topic/square" == first.all("a")[0].attributes["href"]
    assert "xgrad: 2 x was expected, 4 x came" in first.text


def test_every_fragment_leads_to_an_element_of_the_page(page: Element) -> None:
    identifiers = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(set(identifiers)) == len(identifiers)
    fragments = {a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#")}
    assert fragments <= set(identifiers)
    assert "case/topic/square" in fragments


def test_a_cell_of_the_matrix_holds_word_and_second_mark(page: Element) -> None:
    (matrix,) = page.all("table", class_="matrix")
    assert ["case", "reference", "torch", "jax"] == [th.text for th in matrix.all("th", scope="col")]
    words = [[mark.text for mark in td.all("span")] for td in matrix.all("td")]
    assert [["✓agree"], ["✗disagree", "≠wrong"], ["○missing"]] == words


def test_the_program_is_there_as_a_list_and_as_data_for_the_picture(page: Element) -> None:
    (listing,) = page.all("details", class_="steps")
    assert "open" in listing.attributes
    assert "y = multiply(x, x)" in [code.text for code in listing.all("code")]
    (figure,) = page.all("figure", class_="graph")
    assert "hidden" in figure.attributes
    data = json.loads(figure.all("script")[0].text)
    assert ["x", "y", "z"] == [node["name"] for node in data["nodes"]]


def test_what_mistakes_would_answer_is_listed_where_they_answer_wrongly(results: Results) -> None:
    mistake = Mistake("sum_rule", "halved", "Halves it.", {"y": "[4.0]", "xgrad": "[1.0]"}, wrong=("xgrad",))
    results.cases["topic/square"] = msgspec.structs.replace(results.cases["topic/square"], mistakes=(mistake,))

    (listing,) = parse(render(results)).all("details", class_="mistakes")

    assert "(1)" in listing.all("summary")[0].text
    assert ["sum_rule = halved"] == [code.text for dt in listing.all("dt") for code in dt.all("code")]
    assert ["xgrad = [1.0]"] == [code.text for dd in listing.all("dd") for code in dd.all("code")]


def test_identical_scripts_are_shown_once_with_both_names(page: Element) -> None:
    (script,) = page.all("figure", class_="script")
    assert "reference, torch" in script.all("figcaption")[0].text
    assert "x = 1\ny = f(x)\n" == script.all("code")[0].text


def test_a_difference_shows_value_type_warning_distance_and_reason(page: Element) -> None:
    (table,) = page.all("table", class_="observed")
    row = table.all("tr")[-1]
    assert "torch" == row.all("th")[0].text
    assert ["[-8., -6., -4., -2.,  0.,  2.,  4.,  6.,  8.]"] == [pre.text for pre in row.all("pre", class_="differs")]
    assert ["float32 (9,)"] == [span.text for span in row.all("span", class_="type differs")]
    assert ["warned UserWarning: careful"] == [pre.text for pre in row.all("pre", class_="message")]
    assert "3 ulp" in row.text
    (link,) = row.all("a")
    assert "https://github.com/pytorch/pytorch/issues/123" == link.attributes["href"]


def test_an_environment_that_observed_nothing_is_named_with_the_reason(page: Element) -> None:
    (article,) = page.all("article")
    assert "nothing observed in jax: there is no interpreter with jax" in article.text


def test_results_without_anything_make_a_page() -> None:
    assert "There is nothing to show" in parse(render(Results())).all("h1")[0].text


def test_when_nothing_fails_the_heading_says_so(results: Results) -> None:
    records = [record for record in iterate(results) if getattr(record, "environment", "") != "torch"]
    page = parse(render(Results.of(record for record in records if getattr(record, "name", "") != "torch")))
    assert "Nothing fails in 2 verdicts" == page.all("h1")[0].text
    assert [] == page.all(class_="failure")


def test_hostile_text_makes_no_element_and_no_attribute(results: Results, hostile_page: Element) -> None:
    tags = {element.tag for element in parse(render(results)).all()}
    assert {element.tag for element in hostile_page.all()} <= tags
    names = {name for element in hostile_page.all() for name in element.attributes}
    assert [] == [name for name in names if name.startswith("on") or name in {"style", "srcdoc"}]
    assert HOSTILE in hostile_page.all("article")[0].text


def test_hostile_references_are_text(hostile_page: Element) -> None:
    addresses = {a.attributes["href"] for a in hostile_page.all("a")}
    assert [] == [address for address in addresses if not address.startswith("#")]
    assert "javascript:alert(1)" in hostile_page.text


def test_names_between_backticks_are_code(results: Results) -> None:
    results.add(Verdict(case="topic/square", environment="jax", status="crash", reason="in `<f>` and `g`, not in ` h"))
    (line,) = [p for p in parse(render(results)).all("article")[0].all("p", class_="failure") if "crash" in p.text]
    assert ["<f>", "g", "crossgrad replay results.jsonl topic/square --env=jax"] == [
        code.text for code in line.all("code")
    ]


def test_a_hostile_case_is_reached_by_its_fragment(hostile_page: Element) -> None:
    identifiers = {element.attributes["id"] for element in hostile_page.all("article")}
    assert identifiers == {
        a.attributes["href"][1:] for a in hostile_page.all("a") if a.attributes["href"].startswith("#case/")
    }
    assert [] == [each for each in identifiers if re.search(r"[^A-Za-z0-9/%._~-]", each)]


def test_scripts_and_style_are_those_that_the_policy_names(hostile_page: Element) -> None:
    (policy,) = [meta for meta in hostile_page.all("meta") if "http-equiv" in meta.attributes]
    named = set(re.findall(r"'(sha256-[^']+)'", policy.attributes["content"]))
    running = [s for s in hostile_page.all("script") if "type" not in s.attributes] + hostile_page.all("style")
    found = {"sha256-" + b64encode(sha256(element.text.encode()).digest()).decode() for element in running}
    assert named == found
    assert policy.attributes["content"].startswith("default-src 'none';")
    assert "unsafe" not in policy.attributes["content"]


def test_the_page_loads_nothing(page: Element) -> None:
    assert [] == [element for element in page.all() if {"src", "srcset", "data"} & element.attributes.keys()]
    assert [] == page.all("link")
    assert "url(" not in page.all("style")[0].text
    assert "@import" not in page.all("style")[0].text


def test_the_licence_of_the_vendored_code_goes_with_it(page: Element) -> None:
    scripts = [
        script.text for script in page.all("script") if "dagre.graphlib" in script.text or "var dagre" in script.text
    ]
    assert "Permission is hereby granted, free of charge" in scripts[0]


def test_the_places_of_an_op_are_a_group_of_the_matrix(results: Results) -> None:
    for name in ("topic/clip/bounds", "topic/clip/float32", "topic/exp", "topic/exp/second_order"):
        results.add(case(name, program(square)))
        results.add(verdict(name, "torch"))
    (matrix,) = parse(render(results)).all("table", class_="matrix")
    groups = [body.all("tr", class_="op") for body in matrix.all("tbody")]
    assert [[], ["op/topic/clip"], [], ["op/topic/exp"]] == [
        [th.attributes["id"] for row in rows for th in row.all("th")] for rows in groups
    ]
    rows = [[a.text for th in body.all("th", scope="row") for a in th.all("a")] for body in matrix.all("tbody")]
    assert [["square"], ["bounds", "float32"], ["exp"], ["second_order"]] == rows


def test_a_page_of_many_cases_is_the_same_page_with_its_topics_compressed(
    results: Results, hostile_results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (results, hostile_results):
        plain = parse(render(each))
        monkeypatch.setattr(model, "MOST_PLAIN", 0)
        packed = render(each)
        assert [] == parse(packed).all("article")
        for tag in ("article", "td", "pre"):
            assert [one.text for one in plain.all(tag)] == [one.text for one in parse(unpack(packed)).all(tag)]
        monkeypatch.undo()


def test_a_page_of_many_cases_names_mistakes_and_leaves_their_answers_to_smaller_ones(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake = Mistake("sum_rule", "halved", "Halves it.", {"xgrad": "[1.0]"}, wrong=("xgrad",))
    results.cases["topic/square"] = msgspec.structs.replace(results.cases["topic/square"], mistakes=(mistake,))
    monkeypatch.setattr(model, "MOST_PLAIN", 0)
    (article,) = parse(unpack(render(results))).all("article")
    assert {"crossgrad run topic/square", "sum_rule = halved"} <= {code.text for code in article.all("code")}
    assert "[1.0]" not in article.text


def test_a_topic_of_a_compressed_page_is_found_by_the_fragments_of_its_cases(
    hostile_results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MOST_PLAIN", 0)
    page = parse(unpack(render(hostile_results)))
    for holder in page.all("div"):
        if "data-topic" in holder.attributes:
            assert {holder.attributes["data-topic"]} == {
                a.attributes["href"].split("/")[1] for a in holder.all("a") if a.attributes["href"].startswith("#case/")
            } | {article.attributes["id"].split("/")[1] for article in holder.all("article")}


@pytest.mark.parametrize(
    ("cases", "largest"), [(100, 2_000_000), pytest.param(2_000, 2_000_000, marks=pytest.mark.slow)]
)
def test_many_cases_in_seven_environments_stay_under_two_megabytes(results: Results, cases: int, largest: int) -> None:
    environments = [f"environment-{number}" for number in range(7)]
    large = Results.of(iterate(results))
    torch = large.environments["torch"]
    made = program(square)
    for name in environments:
        large.add(type(torch)(name=name, framework="torch"))
    for number in range(cases):
        record: CaseRecord = case(f"topic{number // 10}/case_{number}", made, "A title of the usual length, in words")
        large.add(record)
        for at, name in enumerate(environments):
            large.add(
                ScriptRecord(case=record.id, environment=name, text=f"# {at}\n" + "value = call(value, 2)\n" * 20)
            )
            large.add(seen(record.id, name, "xgrad", np.arange(9.0) + at // 2))
            large.add(verdict(record.id, name))
    assert len(render(large).encode()) < largest
