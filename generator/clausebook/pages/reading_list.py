"""The first page of a trust with several policies, and that of each of its academies: what its staff are to read."""

from __future__ import annotations

from collections.abc import Mapping

from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.reading import find_readings, roles_of
from clausebook.pages.trust_views import ManyHome
from clausebook.quizzes import TakenQuiz


def reading_list(
    trust: Trust, handbook: Handbook, quizzes: Mapping[str, TakenQuiz], campaign_quizzes: Mapping[str, TakenQuiz]
) -> ManyHome:
    """`trust` may be as it is for an academy; the quizzes are those of the trust."""
    readings = find_readings(trust, handbook, quizzes)
    owed = tuple(one for one in readings if one.is_owed)
    others = tuple(one for one in readings if not one.is_owed)
    together = tuple(
        (campaign, campaign_quizzes.get(campaign.id)) for campaign in trust.campaigns if len(campaign.policies) > 1
    )
    return ManyHome(
        trust, handbook, owed, others, roles_of(readings, handbook), len(trust.policies) > len(readings), together
    )
