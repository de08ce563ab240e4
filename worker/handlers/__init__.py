"""One file per kind of job: gather, perform, settle (worker/registry.py says what each may do)."""
