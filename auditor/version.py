"""The version of the distribution, also written into caches and snapshots."""

VERSION = "0.1.0"
