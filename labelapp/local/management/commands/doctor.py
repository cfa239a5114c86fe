"""`manage.py doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from labelapp.local.diagnosis import CHECKS, Finding


class Command(BaseCommand):
    help = "Looks at every part of this installation; exits 1 when one is not well."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        findings = [finding for check in CHECKS for finding in check()]
        for finding in findings:
            self.stdout.write(self._line(finding))
        if any(not finding.well for finding in findings):
            sys.exit(1)

    def _line(self, finding: Finding) -> str:
        if finding.well:
            return f"ok     {finding.part}: {finding.found}"
        return f"WRONG  {finding.part}: {finding.found}\n       {finding.cure}"
