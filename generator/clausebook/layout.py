"""Where things lie in the folder of a handbook; said here once for whoever reads, watches or publishes them."""

from __future__ import annotations

# What a site is made from, and what is watched while somebody edits.
INPUTS = ("content", "trusts", "models", "quizzes", "overrides", "mkdocs.yml")
# What a handbook's mkdocs.yml takes from the engine: all that it does not say itself.
ENGINE_CONFIG = "overrides/mkdocs.yml"
# What stands before the path of a file that is the engine's, because the handbook has none of its own there.
OF_ENGINE = "the engine's "
# Below a trust's site: what is its academies' own.
AT_ACADEMIES = "at/"
# Which of the engine's files a handbook has taken over to change them.
EJECTED = "overrides/ejected.yml"
# What every page is safe by, and what no page needs: a build adds them, whatever mkdocs.yml says of hooks.
HOOKS = ("overrides/content_security_policy.py", "overrides/escaped_titles.py", "overrides/unused_files.py")
# Scripts by whom they are for: of several hosts, of the sites, of what a learning platform plays, of an evidence pack's page.
SCRIPTS = "overrides/scripts"
SITE_SCRIPTS = (f"{SCRIPTS}/shared", f"{SCRIPTS}/site")
PUBLISHED_SCRIPTS = "assets/javascripts"  # where a site has them, whatever their folder here
