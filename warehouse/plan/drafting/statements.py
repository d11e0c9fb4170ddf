"""The statements of a passage: each figure that is asked for, and wordings that ask without a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from warehouse.plan.drafting.asking import Asked, asked_of
from warehouse.plan.drafting.exclusions import Context, condition_of, covering, named_spans
from warehouse.plan.drafting.figures import PERCENT, Figure, figures
from warehouse.plan.drafting.language import Language
from warehouse.plan.drafting.naming import subject_of, subjects_of
from warehouse.plan.drafting.readings import NoTarget, Readings, Statement
from warehouse.plan.drafting.sentences import FORECAST, PAST, Clause, Sentence, clean_span, sentences
from warehouse.plan.drafting.shares import shares
from warehouse.plan.drafting.times import Times, Window, window_of


class PassageReader:
    """Reads one passage of a narrowed text."""

    def __init__(self, words: str, span: tuple[int, int], language: Language, times: Times) -> None:
        self._words = words
        self._span = span
        self._language = language
        self._times = times
        self._named = named_spans(words, span, language)
        self._readings = Readings()
        self._shared_until = 0
        """Up to where figures are shares of one before them."""

    def read(self, heading: str, stance: str) -> Readings:
        """Return what was made of the passage under its heading."""
        year = self._times.issued_on.year
        for sentence in sentences(self._words, self._span, self._language, year=year, stance=stance):
            for clause in sentence.clauses:
                self._read_clause(sentence, clause, heading)
        return self._readings

    def _read_clause(self, sentence: Sentence, clause: Clause, heading: str) -> None:
        found = list(figures(self._words[clause.start : clause.end], self._language))
        placed = [replace(one, start=one.start + clause.start, end=one.end + clause.start) for one in found]
        asked: list[Figure] = []
        for figure in placed:
            if figure.start < self._shared_until:
                continue
            if (named := covering(self._named, figure)) is not None:
                self._readings.no_targets.append(replace(named, start=figure.start, end=figure.end))
            else:
                asked.append(figure)
        before = 0
        for place, figure in enumerate(asked):
            following = asked[place + 1].start if place + 1 < len(asked) else clause.end
            made = self._read_figure(sentence, clause, figure, (asked[:place], following), heading)
            self._readings.statements += made
            before += len(made)
        if not before and clause.stance not in (PAST, FORECAST):
            self._readings.statements += self._wordings(sentence, clause, heading)

    def _read_figure(
        self,
        sentence: Sentence,
        clause: Clause,
        figure: Figure,
        around: tuple[list[Figure], int],
        heading: str,
    ) -> list[Statement]:
        earlier, following = around
        start = self._segment_start(clause, figure, earlier)
        context = self._context(sentence, clause, figure, start, following)
        if reason := self._no_target(clause, figure, context, (bool(earlier), following < clause.end)):
            self._readings.no_targets.append(NoTarget(figure.start, figure.end, *reason))
            return []
        if earlier and not context.before.strip(self._joiners()):
            context = replace(context, before=self._words[clause.start : earlier[0].start])
        subject = subject_of(context.before, self._object(figure, following), self._language)
        end = self._quote_end(clause, figure, following)
        window = self._window(sentence, end, heading)
        if not subject:
            start, subject = self._subject_before(sentence, clause, earlier, start)
        made = self._statement(figure, context, (start, end), subject, window)
        subjects = subjects_of(context.before, subject, self._language)
        several = [replace(made, subject=one or subject) for one in subjects]
        parts = list(shares(made, self._words, figure.end, self._language))
        self._shared_until = max([self._shared_until, *(one.end for one in parts)])
        return several + parts

    def _statement(
        self, figure: Figure, context: Context, span: tuple[int, int], subject: str, window: Window
    ) -> Statement:
        asked = asked_of(figure, context, self._language)
        return Statement(
            *clean_span(self._words, *span),
            subject=subject,
            comparator=asked.comparator,
            value=asked.value,
            upper=asked.upper,
            unit=asked.unit,
            change=asked.change,
            is_held=bool(self._language.pattern("comparators", "hold").search(context.before)),
            is_flow=bool(self._language.pattern("cues", "flow").search(self._words[slice(*span)])),
            window=window,
            guesses=self._guesses(figure, asked),
        )

    def _subject_before(
        self, sentence: Sentence, clause: Clause, earlier: list[Figure], start: int
    ) -> tuple[int, str]:
        """Return the subject of a figure without words of its own, and where the words that name it begin."""
        if earlier:
            return clause.start, subject_of(self._words[clause.start : earlier[0].start], "", self._language)
        last = self._readings.statements[-1] if self._readings.statements else None
        is_same_sentence = last is not None and last.start >= sentence.start
        return (last.start, last.subject) if last and is_same_sentence else (start, "")

    def _segment_start(self, clause: Clause, figure: Figure, earlier: list[Figure]) -> int:
        """Return where the words of a figure begin: behind the list mark after the figure before it."""
        if not earlier:
            return clause.start
        last = earlier[-1].end
        mark = self._language.pattern("sentences", "list_mark").search(self._words, last, figure.start)
        return mark.end() if mark else last

    def _context(
        self, sentence: Sentence, clause: Clause, figure: Figure, start: int, following: int
    ) -> Context:
        end = min(following, clause.end)
        return Context(
            before=self._words[start : figure.start],
            after=self._words[figure.end : end],
            sentence_before=self._words[sentence.start : figure.start],
        )

    def _no_target(
        self, clause: Clause, figure: Figure, context: Context, others: tuple[bool, bool]
    ) -> tuple[str, bool] | None:
        """Return why a figure is no target, and whether that is because no rule reads it."""
        said = self._language.value("reasons")
        has_earlier, has_later = others
        reason = str(said.get(clause.stance, "")) or condition_of(context, figure, self._language)
        if not reason and has_later and self._language.pattern("names", "qualifier").match(context.after):
            reason = str(said["condition"])
        if not reason and self._is_duration(figure, context):
            reason = str(said["duration"])
        if not reason and not figure.unit and not context.before.strip() and not has_earlier:
            reason = str(said["mark"])
        if reason:
            return reason, False
        if not figure.unit:
            return str(said["unit"]), True
        is_asked = figure.unit == PERCENT or self._is_asked(context)
        return None if is_asked else (str(said["cue"]), True)

    def _is_duration(self, figure: Figure, context: Context) -> bool:
        is_time = self._language.pattern("values", "durations").fullmatch(figure.unit)
        return bool(is_time) and not self._language.pattern("cues", "duration").search(context.before)

    def _is_asked(self, context: Context) -> bool:
        around = context.sentence_before + context.after
        return any(self._language.pattern("cues", cue).search(around) for cue in ("action", "level"))

    def _object(self, figure: Figure, following: int) -> str:
        """Return the words behind a figure that say what it counts."""
        match = self._language.pattern("names", "object").match(self._words[figure.end : following])
        return match[0] if match else ""

    def _quote_end(self, clause: Clause, figure: Figure, following: int) -> int:
        if following >= clause.end:
            return clause.end
        mark = self._language.pattern("sentences", "list_mark").search(self._words, figure.end, following)
        return mark.start() if mark else following

    def _window(self, sentence: Sentence, place: int, heading: str) -> Window:
        return window_of(self._words[sentence.start : place], heading, self._times, self._language)

    def _guesses(self, figure: Figure, asked: Asked) -> tuple[str, ...]:
        said = self._language.value("guesses")
        found = [str(said["comparator"])] if not asked.is_stated else []
        found += [str(said["vague"])] if figure.is_vague else []
        return tuple(found + ([str(said["change"])] if asked.change else []))

    def _with_lead_in(self, sentence: Sentence, clause: Clause) -> int:
        """Return where a clause begins, with the one before it that only says by when."""
        before = [one for one in sentence.clauses if one.end == clause.start]
        lead_in = self._language.pattern("names", "lead_in")
        starts = (one.start for one in before if lead_in.fullmatch(self._words[one.start : one.end]))
        return next(starts, clause.start)

    def _joiners(self) -> str:
        return str(self._language.value("names", "joiners"))

    def _wordings(self, sentence: Sentence, clause: Clause, heading: str) -> Iterator[Statement]:
        start = self._with_lead_in(sentence, clause)
        words = self._words[start : clause.end]
        for rule in self._language.rules("wordings"):
            found = rule.pattern.search(words)
            if found is None:
                continue
            value = rule.facts.get("value")
            before = words[: found.start()] + (found.groupdict().get("what") or "")
            subject = subject_of(before, "", self._language) + str(rule.facts.get("label", ""))
            yield Statement(
                *clean_span(self._words, start, clause.end),
                subject=subject or (words[found.end() :] or words).strip(" ,，;；。、")[:30],
                comparator=str(rule.facts["comparator"]),
                value=None if value is None else Decimal(str(value)),
                upper=None,
                unit=str(rule.facts.get("unit", "")),
                change="",
                is_held=False,
                is_flow=rule.facts["comparator"] in ("zero", "declines", "rises"),
                window=window_of(
                    self._words[sentence.start : clause.end], heading, self._times, self._language
                ),
                guesses=(str(self._language.value("guesses", "wording")),),
            )
            return
