"""Widgets draw what they are given and report what was pressed; they know no store."""
