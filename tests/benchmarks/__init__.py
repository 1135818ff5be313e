"""Workloads on a big plan, each measured in the same run as its limit: `python -m tests.benchmarks`."""
