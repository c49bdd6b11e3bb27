"""The report on one trust as at a day: every figure, worked out once, for whatever form it is shown in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Standings
from clausebook.acknowledgements.register.standings_as_at import Counted
from clausebook.acknowledgements.reports.annotations import read_noted
from clausebook.acknowledgements.reports.cases import Case, find_cases
from clausebook.acknowledgements.reports.exceptions import Exceptional, find_exceptions
from clausebook.acknowledgements.reports.holdings import Holding, OwedClause, count_owed_clauses, find_holdings
from clausebook.acknowledgements.reports.owing import Owing, find_owing
from clausebook.acknowledgements.reports.tallies import (
    Band,
    CampaignTally,
    Tally,
    by_academy,
    by_campaign,
    by_manager,
    by_policy,
    count_bands,
    tally,
    tally_by,
    tally_campaigns,
)
from clausebook.acknowledgements.reports.trend import Trend, find_trends
from clausebook.acknowledgements.reports.unclear import UnclearClause, count_unclear
from clausebook.model.handbook import Handbook, Trust

NO_ASSURANCE = "not stated"
ASSURANCES = ("signed-in channel", "link and sender", "link only", "paper with witness", "on behalf")


@dataclass(frozen=True)
class Report:
    """All that is told of one trust as at the end of `day`."""

    trust: Trust
    day: date
    cases: tuple[Case, ...]
    total: Tally
    owing: tuple[Owing, ...]
    by_policy: tuple[Tally, ...]
    by_campaign: tuple[Tally, ...]
    """By campaign, policy and revision."""
    campaigns: tuple[CampaignTally, ...]
    by_academy: tuple[Tally, ...]
    by_manager: tuple[Tally, ...]
    bands: tuple[Band, ...]
    trends: tuple[Trend, ...]
    holdings: tuple[Holding, ...]
    owed_clauses: tuple[OwedClause, ...]
    exceptions: tuple[Exceptional, ...]
    assurance: tuple[tuple[str, int], ...]
    """Of all that is done: how sure it is, the surest first."""
    unclear: tuple[UnclearClause, ...]
    entries: int
    purged: int

    def title(self, policy: str) -> str:
        """What a policy is called: see `title_of`."""
        return title_of(self.trust, policy)

    @property
    def new_starters(self) -> tuple[Case, ...]:
        return tuple(
            sorted((case for case in self.cases if case.is_new and case.state != "left"), key=lambda case: case.person.starts)
        )  # fmt: skip

    @property
    def not_asked(self) -> tuple[Case, ...]:
        """Those whom a campaign would ask and nobody has asked."""
        return tuple(case for case in self.cases if case.state == "not-asked")


def title_of(trust: Trust, policy: str) -> str:
    """What a policy is called; its id where the handbook has it no more."""
    found = trust.policy_by_id.get(policy)
    return found.title if found else policy


def make_report(
    counted: Counted,
    standings: Standings,
    people: Sequence[Person],
    handbook: Handbook,
    trust_id: str,
    kept: AcademyTexts,
    day: date,
) -> Report:
    """The report as at the end of `day`, from what counted by then and how everybody stands by it; `kept` are the texts of academies."""
    noted = read_noted(counted)
    trust = handbook.trust(trust_id)
    title = partial(title_of, trust)
    cases = find_cases(standings, people, trust, day)
    policies = sorted(tally_by(cases, by_policy), key=lambda one: title(one.name[0]).casefold())
    holdings = find_holdings(cases, trust, kept, day)
    return Report(
        trust, day, cases, tally(("All",), cases), find_owing(cases, title), tuple(policies), tally_by(cases, by_campaign), tally_campaigns(cases),
        tally_by(cases, by_academy), tally_by(cases, by_manager), count_bands(cases),
        find_trends(cases, trust, day), holdings, count_owed_clauses(holdings, handbook.role_labels),
        find_exceptions(cases, standings, noted, people, trust_id), _count_assurance(cases), count_unclear(cases, trust),
        noted.entries, noted.purged,
    )  # fmt: skip


def _count_assurance(cases: Sequence[Case]) -> tuple[tuple[str, int], ...]:
    count = Counter(case.settled.assurance or NO_ASSURANCE for case in cases if case.settled)
    return tuple((level, count[level]) for level in (*ASSURANCES, NO_ASSURANCE) if level in ASSURANCES or count[level])
