"""One module per noun; each has its `verbs`."""
