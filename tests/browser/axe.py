"""Accessibility by axe-core, from the front end's own packages."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

AXE = Path(settings.BASE_DIR) / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
}"""


def serious_violations(page: Page) -> list[str]:
    """What axe calls serious or critical on the page as it is now."""
    # Evaluated past the page's own policy, which lets no script in.
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(_RUN)
    return found
