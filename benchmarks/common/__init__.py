"""What the benchmarks share: invented words, plain YAML, and measuring."""
