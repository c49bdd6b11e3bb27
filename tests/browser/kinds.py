"""Every kind of page, each by one page that shows the most of it."""

from __future__ import annotations

TRUST = "att"
POLICY = f"{TRUST}/social-media/index.html"
QUIZ = f"{TRUST}/social-media/quiz/index.html"
ACKNOWLEDGE = f"{TRUST}/social-media/acknowledge/index.html"
QUESTIONS = f"{TRUST}/social-media/questions/index.html"
MATRIX_OF_QUESTIONS = "compare/subjects/social-media/index.html"
MATRIX_OF_TOPICS = "compare/subjects/social-media/topics/index.html"

KINDS = {
    "home": f"{TRUST}/index.html",
    "policy": POLICY,
    "quick-guide": f"{TRUST}/social-media/quick-guide/index.html",
    "questions": QUESTIONS,
    "quiz": QUIZ,
    "acknowledge": ACKNOWLEDGE,
    "rights-and-duties": f"{TRUST}/social-media/rights-and-duties/index.html",
    "document": f"{TRUST}/social-media/document/index.html",
    "policies": f"{TRUST}/policies/index.html",
    "downloads": f"{TRUST}/downloads/index.html",
    "not-found": f"{TRUST}/404.html",
    "policy-without-numbers": "catholic/social-media/index.html",
    "policy-with-gaps": "lwlat/social-media/index.html",
    "hub-home": "index.html",
    "hub-compare": "compare/index.html",
    "hub-questions": MATRIX_OF_QUESTIONS,
    "hub-topics": MATRIX_OF_TOPICS,
    "hub-question": "compare/questions/own-phone-working-day/index.html",
    "hub-topic": "compare/topics/contact-with-pupils/index.html",
    "hub-contradictions": "compare/contradictions/index.html",
    "hub-pick": "compare/pick/index.html",
    "hub-moving": "compare/moving/index.html",
    "hub-checklist": "compare/checklists/union/index.html",
    "hub-checklist-of-trust": f"compare/checklists/hr/{TRUST}/index.html",
    "hub-search": "search/index.html",
    "hub-findings": "findings/index.html",
    "hub-how-to-read": "how-to-read/index.html",
    "hub-data": "data/index.html",
    "hub-not-found": "404.html",
}

# From here a reader searches: the sites' own first pages, one folder down, two folders down.
DEPTHS = (f"{TRUST}/index.html", POLICY, QUIZ)
