"""The index of a plan: from each sentence to its targets and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.plan.conftest import MINIMAL, Folder
from tests.plan.mingshan import PLAN, PROJECT, SEEDS, TEXT
from warehouse.errors import MinshengError
from warehouse.plan import Index, index
from warehouse.plan.folder import without_blanks
from warehouse.plan.sentences import Sentence

COMMITMENTS, TARGETS = "commitments.csv", "targets.csv"


@pytest.fixture(scope="module")
def seeds_index() -> Index:
    """The index of the real plan."""
    return index(SEEDS)


def sentence_of(folder: Folder, words: str) -> Sentence:
    (found,) = [each for each in index(folder.path).sentences if words in each.words]
    return found


def say(folder: Folder, words: str, text: str) -> None:
    """Make the text of T05 say other words, and its first target quote them."""
    path = folder.path / "plan-text.txt"
    written = folder.rows(COMMITMENTS)[folder.line_of(COMMITMENTS, "T05") - 1][4]
    path.write_text(path.read_text(encoding="utf-8").replace(written, text), encoding="utf-8")
    folder.change(COMMITMENTS, "T05", "text_zh", without_blanks(text))
    for code in ("T05-01", "T05-02"):
        folder.change(TARGETS, code, "quote_zh", words)


def test_a_sentence_names_its_commitment_and_the_targets_that_quote_it(folder: Folder) -> None:
    say(folder, "达到90个", "第一句没有目标。第二句达到90个。")

    assert sentence_of(folder, "第一句").target_codes == ()
    second = sentence_of(folder, "第二句")
    assert second.words == "第二句达到90个。"
    assert (second.commitment_code, second.target_codes) == ("T05", ("T05-01", "T05-02"))


def test_a_quote_over_two_sentences_is_found_from_both(folder: Folder) -> None:
    say(folder, "第一句。第二句", "第一句。第二句。")

    assert sentence_of(folder, "第一句").target_codes == ("T05-01", "T05-02")
    assert sentence_of(folder, "第二句").target_codes == ("T05-01", "T05-02")


def test_brackets_do_not_end_a_sentence(folder: Folder) -> None:
    say(folder, "达到90个", "达到90个(牵头单位:甲;责任单位:乙)。")

    assert sentence_of(folder, "达到90个").words == "达到90个(牵头单位:甲;责任单位:乙)。"


def test_a_line_break_in_a_commitment_does_not_end_a_sentence(folder: Folder) -> None:
    say(folder, "达到90个", "达到\n90个。")

    assert sentence_of(folder, "达到90个").target_codes == ("T05-01", "T05-02")


def test_a_heading_is_a_sentence_of_no_commitment(folder: Folder) -> None:
    path = folder.path / "plan-text.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n附件标题\n", encoding="utf-8")

    heading = sentence_of(folder, "附件标题")
    assert (heading.words, heading.commitment_code, heading.target_codes) == ("附件标题", "", ())


def test_a_plan_with_faults_has_no_index(folder: Folder) -> None:
    folder.change(TARGETS, "G01-01", "comparator", "?")

    with pytest.raises(MinshengError, match="plan check"):
        index(folder.path)


def test_no_word_of_the_plan_is_left_out(seeds_index: Index) -> None:
    words = "".join(sentence.words for sentence in seeds_index.sentences)

    # Only the numbers and dashes before goals, tasks and annex items are no sentences.
    numberless = re.sub(r"^(?:--|\d+\.)", "", TEXT, flags=re.MULTILINE)
    assert without_blanks(words) == without_blanks(numberless)


def test_every_target_is_reached_from_a_sentence_of_its_commitment(seeds_index: Index) -> None:
    reached = {
        code: sentence.commitment_code for sentence in seeds_index.sentences for code in sentence.target_codes
    }

    assert reached == {code: row.text("commitment_code") for code, row in PLAN.targets.items()}


def test_every_link_of_the_page_leads_to_a_place_on_it(seeds_index: Index) -> None:
    page = seeds_index.page

    places = re.findall(r'<a id="([^"]+)"></a>', page)
    assert len(places) == len(set(places)) == 2 + len(PLAN.commitments) + len(PLAN.targets)
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(places)


def test_a_target_shows_what_is_asked_and_how_it_was_read(seeds_index: Index) -> None:
    (row,) = [line for line in seeds_index.page.splitlines() if line.startswith('| <a id="t36-02">')]

    assert "≥ 40 %; 2023-01 to 2025-12; at_end; pace linear through [A13-03](#a13-03)" in row
    assert "农村生活污水治理率达到40%" in row
    assert "2023年末由A13-03定为30%" in row


def test_a_target_shows_the_values_of_single_years() -> None:
    (row,) = [line for line in index(MINIMAL).page.splitlines() if line.startswith('| <a id="t03-01">')]

    assert "≥ 10 %; 2023-01 to 2025-12, each year, in 2025 ≥ 12 %; at_end" in row


def test_a_target_that_may_come_late_says_so() -> None:
    (row,) = [line for line in index(MINIMAL).page.splitlines() if line.startswith('| <a id="t06-01">')]

    assert "as_reached; pace none; counts after its end too" in row


def test_the_page_in_docs_is_the_one_of_these_seeds(seeds_index: Index) -> None:
    written = (PROJECT / "docs" / "plan-index.md").read_text(encoding="utf-8")

    assert written == seeds_index.page, "write it anew: minsheng plan index > docs/plan-index.md"


def test_another_plan_has_an_index_too() -> None:
    other = index(Path(__file__).parent.parent / "plans" / "other-city")

    assert [sentence.target_codes for sentence in other.sentences if sentence.commitment_code == "T04"] == [
        ("T04-01",)
    ]
