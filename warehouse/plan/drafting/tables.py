"""The tables of a drafted plan, as rows of texts by column."""

from __future__ import annotations

from collections import defaultdict

from warehouse.periods import Period
from warehouse.plan.drafting.bodies import Areas, Organization, Organizations, can_report
from warehouse.plan.drafting.cells import cell, number, sentence_around
from warehouse.plan.drafting.indicators import EVIDENCE, REPORTED_AS_PROGRESS, Indicator, Indicators
from warehouse.plan.drafting.judging import judged, pace, tolerance
from warehouse.plan.drafting.reading import Commitment, Draft
from warehouse.plan.drafting.readings import NoTarget, Statement
from warehouse.plan.folder import Plan

Rows = dict[str, list[dict[str, str]]]
_DEADLINE_DAY = "10"
_YEAR_MONTHS = 12


class Tables:
    """Builds the tables of a draft, with `known` as the plan whose areas a text of the same district has."""

    def __init__(self, draft: Draft, known: Plan | None) -> None:
        self._draft = draft
        self._language = draft.language
        self._organizations = Organizations(draft.text, draft.language)
        shares = dict.fromkeys(
            one.area_name for each in draft.commitments for one in each.readings.statements if one.area_name
        )
        self._areas = Areas(draft.text, self._organizations.government, list(shares), known)
        self._indicators = Indicators(draft.language)
        self._said: set[tuple[str, ...]] = set()
        self._rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)

    def rows(self) -> Rows:
        """Return the rows of every table that the draft fills, by file."""
        for commitment in self._draft.commitments:
            self._add_commitment(commitment)
        for indicator in self._indicators.all:
            self._add_indicator(indicator)
        for organization in self._organizations.all:
            self._add(
                "organizations.csv",
                organization_code=organization.code,
                name_zh=organization.name,
                kind=organization.kind,
                aliases=";".join(organization.aliases),
            )
        for area in self._areas.all:
            self._add(
                "areas.csv",
                area_code=area.code,
                name_zh=area.name,
                level=area.level,
                parent_code=area.parent,
            )
        self._add_settings()
        self._add_undecided()
        return dict(self._rows)

    def _add_commitment(self, commitment: Commitment) -> None:
        passage = commitment.passage
        text = cell(self._draft.text[passage.start : passage.end])
        self._add(
            "commitments.csv",
            commitment_code=commitment.code,
            kind=commitment.kind,
            section_zh=cell(commitment.section),
            title_zh=cell(commitment.title),
            text_zh=text,
        )
        reporter = self._reporter(commitment)
        statements = commitment.readings.statements
        for place, statement in enumerate(statements, start=1):
            self._add_target(f"{commitment.code}-{place:02}", commitment, statement, reporter)
        if not statements:
            self._add_evidence(commitment, text, reporter)

    def _reporter(self, commitment: Commitment) -> Organization:
        """Note who answers for a commitment, and return who is proposed to report its figures."""
        named = self._organizations.of(commitment.answering, self._areas)
        if not named and commitment.kind in ("task", "annex"):
            named = [(self._organizations.of_government(), "lead")]
        for organization, role in named:
            self._add(
                "commitment_organizations.csv",
                commitment_code=commitment.code,
                organization_code=organization.code,
                role=role,
            )
        reporting = (organization for organization, _ in named if can_report(organization))
        return next(reporting, None) or self._organizations.of_government()

    def _add_target(
        self, code: str, commitment: Commitment, statement: Statement, reporter: Organization
    ) -> None:
        indicator = self._indicators.of(statement, commitment.title, reporter.code)
        window, is_yearly = statement.window, statement.window.is_yearly
        if statement.comparator in ("declines", "rises"):
            is_yearly = window.end - window.start >= _YEAR_MONTHS
        said = {
            "indicator_code": indicator.code,
            "commitment_code": commitment.code,
            "area_code": self._areas.code_of(statement.area_name),
            "window_start": str(window.start),
            "window_end": str(window.end),
            "repeat": "yearly" if is_yearly else "none",
            "comparator": statement.comparator,
            "target_value": number(statement.value),
            "upper_value": number(statement.upper),
            "tolerance": number(tolerance(statement)),
            "judged": judged(statement, indicator),
            "pace": pace(statement, indicator),
            "quote_zh": cell(self._draft.text[statement.start : statement.end]),
        }
        if tuple(said.values()) not in self._said:  # the same words again promise nothing more
            self._said.add(tuple(said.values()))
            self._add("targets.csv", target_code=code, **said, note_zh=self._note(statement, commitment))

    def _note(self, statement: Statement, commitment: Commitment) -> str:
        said = self._language.value("guesses")
        guesses = list(statement.guesses)
        guesses += [said["window"]] if statement.window.is_guessed else []
        guesses += [said["tolerance"]] if statement.comparator == "about" else []
        guesses += [] if commitment.answering else [said["reporter"]]
        return self._to_confirm(guesses)

    def _add_evidence(self, commitment: Commitment, text: str, reporter: Organization) -> None:
        indicator = self._indicators.of_evidence(cell(commitment.title), reporter.code)
        times = self._draft.times
        quote = cell(commitment.title) if cell(commitment.title) in text else text
        self._add(
            "targets.csv",
            target_code=f"{commitment.code}-E1",
            indicator_code=indicator.code,
            commitment_code=commitment.code,
            area_code=self._areas.whole.code,
            window_start=str(Period(times.first, 1)),
            window_end=str(Period(times.last, _YEAR_MONTHS)),
            repeat="none",
            comparator=EVIDENCE,
            judged="as_reached",
            pace="none",
            quote_zh=quote,
            note_zh=self._to_confirm([self._language.value("guesses", "evidence")]),
        )

    def _add_indicator(self, indicator: Indicator) -> None:
        is_progress = bool(indicator.comparators & REPORTED_AS_PROGRESS)
        is_ratio = indicator.aggregation == "ratio_last"
        parts = self._language.value("names", "ratio_parts") if is_ratio else ["", ""]
        names = [part.format(name=indicator.name) for part in parts]
        self._add(
            "indicators.csv",
            indicator_code=indicator.code,
            name_zh=indicator.name,
            unit=indicator.unit,
            favourable=indicator.favourable,
            aggregation=indicator.aggregation,
            numerator_name_zh=names[0],
            denominator_name_zh=names[1],
            scale=indicator.scale,
            organization_code=indicator.organization_code,
            reporting_level="subdistrict" if indicator.is_by_area else "district",
            frequency="monthly",
            value_min="0" if is_progress else "",
            value_max="100" if is_progress else "",
            decimals=str(indicator.decimals),
            description_zh=self._to_confirm([self._language.value("guesses", "indicator")]),
        )

    def _add_settings(self) -> None:
        times = self._draft.times
        ends = [Period.parse(row["window_end"]) for row in self._rows["targets.csv"]]
        issued = Period(times.issued_on.year, times.issued_on.month)
        settings = {
            "plan_code": f"DRAFT-{times.issued_on.year}",
            "title_zh": cell(self._draft.title),
            "issued_on": times.issued_on.isoformat(),
            "area_code": self._areas.whole.code,
            "reporting_starts": str(min([issued, *ends])),
            "deadline_day": _DEADLINE_DAY,
            "timezone": "Asia/Shanghai",
        }
        self._rows["plan.csv"] = [{"key": key, "value": value} for key, value in settings.items()]

    def _add_undecided(self) -> None:
        placeholders = self._language.value("placeholders")
        if self._draft.times.is_guessed:
            self._undecided(0, "issued_on", placeholders["issued_on"], "")
        if not self._areas.is_known:
            self._undecided(0, self._areas.whole.code, placeholders["area_code"], "")
        if not self._organizations.is_government_named:
            self._undecided(0, self._organizations.government, placeholders["government"], "")
        for oddity in self._draft.oddities:
            self._undecided(oddity.start, oddity.words, oddity.reason, "")
        for commitment in self._draft.commitments:
            for one in commitment.readings.no_targets:
                self._unread(one, commitment.code)
        for one in self._draft.elsewhere:
            self._unread(one, "")

    def _unread(self, one: NoTarget, code: str) -> None:
        if one.is_unread:
            self._undecided(one.start, self._draft.text[one.start : one.end], one.reason, code)

    def _undecided(self, place: int, words: str, reason: str, code: str) -> None:
        self._add(
            "undecided.csv",
            line=str(self._draft.text.count("\n", 0, place) + 1),
            commitment_code=code,
            words=cell(words),
            sentence=cell(sentence_around(self._draft.text, place)),
            reason=reason,
        )

    def _to_confirm(self, reasons: list[str]) -> str:
        return self._language.value("to_confirm").format(reasons="；".join(reasons)) if reasons else ""

    def _add(self, file: str, **cells: str) -> None:
        self._rows[file].append(cells)
