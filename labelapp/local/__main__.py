"""`make run`: everything labelapp needs on one machine, until Ctrl-C."""

from __future__ import annotations

import sys

from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder
from labelapp.local.processes import StopAsked
from labelapp.local.start import Start


def main() -> int:
    folder = DataFolder.of_environment()
    try:
        folder.create()
        with folder.held("make run") as hold:
            Start(folder, hold).run()
    except StopAsked:
        return 0
    except StartError as error:
        print(f"\nlabelapp cannot start.\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
