"""What labelapp costs, against a floor measured in the same run: `python -m benchmarks [name ...]`.

One module a question. Each starts from real servers (embedded PostgreSQL with fsync on, Valkey,
gunicorn as in production) in a folder of its own, and answers with figures that have a limit and an
aim. Ratios and processor time are what counts: seconds differ from machine to machine.
"""
