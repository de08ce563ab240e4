"""The demo vessel: one day aboard M/Y Halcyon Tide, as data, and the loader that reads it."""
