"""The printed page: Jinja templates, their style sheets and the font they are set in. No code."""
