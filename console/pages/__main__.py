"""`python -m console.pages` writes them anew."""

from pathlib import Path

from console.pages.runbook import runbook_page
from console.pages.tables import alerts_page, filters_page, jobs_page, keys_page, rights_page

PAGES = {
    "keys": keys_page,
    "jobs": jobs_page,
    "alerts": alerts_page,
    "filters": filters_page,
    "rights": rights_page,
    "runbook": runbook_page,
}

if __name__ == "__main__":
    docs = Path(__file__).parents[2] / "docs"
    for name, page in PAGES.items():
        (docs / f"{name}.md").write_text(page())
