"""The console as a person meets it: keys in, what stands on the screen out."""
