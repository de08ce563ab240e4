"""What a running job has told so far, on its way from the pipe to the store."""

from storage.jobs.record import LogEntry, Metrics, Progress

LINES_KEPT = 1_000


class Telling:
    """What a child has told so far: its last progress, the lines not yet written, its issues."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.lines: list[LogEntry] = []
        self.issues = 0
        self._lines_seen = 0

    def hear_line(self, line: LogEntry) -> None:
        """Keep a line, up to `LINES_KEPT` a run."""
        self.issues += line.event == "issue"
        self._lines_seen += 1
        if self._lines_seen <= LINES_KEPT:
            self.lines.append(line)
        elif self._lines_seen == LINES_KEPT + 1:
            more = f"more than {LINES_KEPT} lines; the rest is not kept"
            self.lines.append(LogEntry(level="WARN", event="cut", message=more))

    def take_lines(self) -> list[LogEntry]:
        """The lines since the last time."""
        lines, self.lines = self.lines, []
        return lines

    def metrics(self, duration_ms: int) -> Metrics:
        """The counters that are metrics, with the time it took (milliseconds)."""
        counters = self.progress.counters if self.progress else {}
        known = {name: n for name, n in counters.items() if name in Metrics.model_fields}
        return Metrics(**{**known, "duration_ms": duration_ms})
