"""Factbound: structured YAML in, a cited and cross-linked static site out. Every fact bound to its source."""
