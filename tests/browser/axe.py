"""Accessibility by axe-core, from the front end's own packages."""

from pathlib import Path
from typing import Literal

from django.conf import settings
from playwright.sync_api import Page

AXE = Path(settings.BASE_DIR) / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
_RUN = """async (scheme) => {
    const painted = () => new Promise(requestAnimationFrame);
    const isIn = () => document.documentElement.dataset.mantineColorScheme === scheme;
    for (await painted(); !isIn(); await painted());
    await painted();
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
}"""


def serious_violations(page: Page) -> list[str]:
    """What axe calls serious or critical on the page as it is now, in dark and in light.

    From then on the page is light and moves nothing: axe would measure colours halfway.
    """
    if not page.evaluate("'axe' in window"):
        # Evaluated past the page's own policy, which lets no script in.
        page.evaluate(AXE.read_text())
    found: list[str] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {violation}" for violation in page.evaluate(_RUN, scheme)]
    return found
