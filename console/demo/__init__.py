"""The demo vessel: a day and a month aboard M/Y Halcyon Tide, as data, and what lives them."""
