"""The sign of life that `draht run` gives and `draht doctor --alive` looks for."""

from datetime import timedelta

HEARTBEAT = "run"
BEAT = timedelta(seconds=15)  # a row for each tick would be a write to the disk a second, for nothing
