"""What cells show by their number formats: the examples of the standard, and codes put together by chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.readers.cell_text import formatted
from warehouse.intake.readers.number_format import exact, is_silent, number_format
from warehouse.intake.values import read_number

# ECMA-376 part 1, 18.8.31, and the built-in formats of 18.8.30.
OF_THE_STANDARD = [
    ("####.#", 1234.59, "1234.6"),
    ("#.000", 8.9, "8.900"),
    ("0.#", 0.631, "0.6"),
    ("#.0#", 12, "12.0"),
    ("#.0#", 1234.568, "1234.57"),
    ("???.???", 44.398, " 44.398"),
    ("???.???", 2.8, "  2.8  "),
    ("#,###", 12000, "12,000"),
    ("#,", 12000, "12"),
    ("0.0,,", 12200000, "12.2"),
    ("0%", 0.08, "8%"),
    ("0.00E+00", 12345, "1.23E+04"),
    ("0.00E+00", 99.995, "1.00E+02"),
    ("0.00", -0.001, "0.00"),
    ('"Ex "0', 5, "Ex 5"),
    ("0.00_);(0.00)", 3.5, "3.50 "),
    ("0.00_);(0.00)", -3.5, "(3.50)"),
    ("00000", 123, "00123"),
    ("* 0", 7, "7"),
    ("[Red][<=100]0;[Blue][>100]0.0", 250, "250.0"),
    ("[Red][<=100]0;[Blue][>100]0.0", 99, "99"),
    ("#,##0;(#,##0);\\-", 0, "-"),
    ("000\\-0000", 1234567, "123-4567"),
    ("\\$0.00\\ \\U\\S\\D", 1.5, "$1.50 USD"),
    ("General", 0.25, "0.25"),
    ("-0.0;0", -5, "5"),
    (".00", 12.5, "12.50"),
    ("#", 0, ""),
]


@pytest.mark.parametrize(("code", "number", "shown"), OF_THE_STANDARD)
def test_a_code_shows_what_the_standard_says(code: str, number: float, shown: str) -> None:
    assert number_format(code).shown(exact(number)) == shown


READ = [
    ('0"万"', 12, "120000"),
    ('#,##0"千"', 3, "3000"),
    ('0.0"万"', 1.23, "12300"),
    ('0"百万"', 3, "3000000"),
    ("0.00亿", 1.5, "150000000"),
    ("0.0\\%", 0.9, "0.9%"),
    ('0.0"%"', 0.9, "0.9%"),
    ("0.0%", 0.953, "95.3%"),
    ("%0", 0.95, "95%"),
    ("0%", 0.9534, "95.34%"),
    ('0!.0,"万"', 20000, "20000"),
    ('0.0,,"百万"', 1500000, "1500000"),
    ('[>=10000]0!.0,"万";0', 2345, "2345"),
    ('0"件"', 12, "12"),
    ('0.0"个百分点"', 1.5, "1.5"),
    ("[$¥-804]#,##0.00", 1234.5, "1234.5"),
    ("[DBNum1][$-804]General", 12, "12"),
    ("#,##0_);[Red]\\(#,##0\\)", -5, "-5"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "0"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', -1234.567, "-1234.567"),
    ("yyyy-mm", 45717, "2025-03-01"),
    ('yyyy"年"m"月"', 45717.5, "2025-03-01 12:00:00"),
    ('0000"-"00', 202503, "2025-03"),
    ("000", 7, "007"),
    ('@"%"', "12", "12%"),
]


@pytest.mark.parametrize(("code", "stored", "text"), READ)
def test_a_cell_is_read_as_it_is_shown(code: str, stored: str | float, text: str) -> None:
    assert formatted(stored, code).partition("〔")[0] == text


@pytest.mark.parametrize(
    ("code", "stored", "is_told"), [('0"万"', 12, True), ("0.0%", 0.953, False), ("0", 12, False)]
)
def test_what_is_taken_as_shown_and_not_as_stored_says_so(code: str, stored: float, is_told: bool) -> None:
    number = read_number(formatted(stored, code))

    assert number is not None
    assert number.is_as_shown is is_told


REFUSED = [
    ("0,", 2345, "2"),
    ('0!.0,"万"', 2345, "0.2万"),
    ('0"万元"', 3, "3万元"),
    ('0"K"', 2, "2K"),
    ("0‰", 9, "9‰"),
    (";;;", 5, ""),
    ("#,###", 0, ""),
    ("0;0", -5, "5"),
    ('"-"0', 3, "-3"),
    ('0"00"', 12, "1200"),
    ("# ?/?", 0.5, "（格式不明）"),
    ('[>=100]0.0,"千";0', -5, "（格式不明）"),
    ('0"万"', 0.3, "0万"),
]


@pytest.mark.parametrize(("code", "stored", "shown"), REFUSED)
def test_a_cell_that_shows_another_figure_says_both(code: str, stored: float, shown: str) -> None:
    assert formatted(stored, code) == f"〔显示为「{shown}」，存储为「{stored}」〕"


@pytest.mark.parametrize(
    ("code", "silent"),
    [
        ("General", True),
        ("0", True),
        ("0.00", True),
        ("#,##0", True),
        ("#,##0.00_ ", True),
        ("@", True),
        ("0,", False),
        ("#,###", False),
        ("#", False),
        ("0;0", False),
        ("0%", False),
        ("0.0\\%", False),
        ("yyyy", False),
    ],
)
def test_only_a_format_of_digits_alone_is_passed_over(code: str, silent: bool) -> None:
    assert is_silent(code) is silent


SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@dataclass(frozen=True)
class Parts:
    """A code of known parts, and so what it shows and means."""

    decimals: int
    is_grouped: bool
    percent: str
    scale: str
    commas: int
    quoting: str

    @property
    def code(self) -> str:
        digits = ("#,##0" if self.is_grouped else "0") + ("." + "0" * self.decimals if self.decimals else "")
        return digits + "," * self.commas + self.percent + self._literal(self.scale)

    def _literal(self, word: str) -> str:
        if self.quoting == "escaped":
            return "".join(f"\\{letter}" for letter in word)
        return f'"{word}"' if word and self.quoting == "quoted" else word

    def meant(self, stored: Decimal) -> str | None:
        """The figure that the cell states, or None where it shows another than it stores."""
        is_percent = self.percent == "%"
        shown = stored * (100 if is_percent else 1) / Decimal(1000) ** self.commas
        shown = shown.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        if self.commas:
            means = shown * SCALES[self.scale]
            return plain(means) if means == stored and not self.percent else None
        if self.scale and shown == 0 != stored:
            return None
        factor = 100 if is_percent else SCALES[self.scale]
        return plain(stored * factor) + ("%" if self.percent else "")


def plain(figure: Decimal) -> str:
    digits = f"{figure:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


PERCENTS = ["", "%", "\\%", '"%"']
parts = st.builds(
    Parts,
    decimals=st.integers(0, 3),
    is_grouped=st.booleans(),
    percent=st.sampled_from(PERCENTS),
    scale=st.just(""),
    commas=st.just(0),
    quoting=st.sampled_from(["quoted", "escaped", "bare"]),
) | st.builds(
    Parts,
    decimals=st.integers(0, 3),
    is_grouped=st.booleans(),
    percent=st.just(""),
    scale=st.sampled_from(list(SCALES)),
    commas=st.integers(0, 2),
    quoting=st.sampled_from(["quoted", "escaped", "bare"]),
)


@given(parts=parts, thousandths=st.integers(-(10**9), 10**9))
def test_no_code_makes_another_figure_of_a_number(parts: Parts, thousandths: int) -> None:
    stored = Decimal(thousandths) / 1000

    shown = formatted(float(stored), parts.code)
    text = shown if shown.startswith("〔") else shown.partition("〔")[0]

    meant = parts.meant(stored)
    if meant is None:
        # What is left below half a unit of the display may be the number or a refusal, no more.
        assert text.startswith("〔显示为") or text == plain(stored)
    else:
        assert Decimal(text.rstrip("%")) == Decimal(meant.rstrip("%"))
        assert text.endswith("%") == meant.endswith("%")


@given(
    code=st.text(st.sampled_from('0#?.,%;"\\!_*[]@-()<>=1EG万千年ymd/ '), max_size=20),
    number=st.floats(),
)
def test_every_text_is_a_code_that_says_something(code: str, number: float) -> None:
    assert isinstance(formatted(number, code), str)
