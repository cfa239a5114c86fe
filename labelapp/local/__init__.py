"""One machine's servers and processes: what stands behind `make run`, and behind the tests.

Nothing below imports Django at module level, except `prepare`: the supervisor stays small.
"""
