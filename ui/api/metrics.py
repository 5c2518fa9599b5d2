"""Figures for monitoring: requests as they are answered, and how the desk stands when it is asked."""

from collections.abc import Iterable
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one API process; each process is asked by itself."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._answered = Counter("expediter_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "expediter_request_seconds",
            "How long answers take.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._at_work = Gauge("expediter_requests_at_work", "Requests at work now.", registry=self.registry)

    def watching(self, app: ASGIApp) -> ASGIApp:
        """The application, each of its requests counted under the route that answered it."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            begun, status = perf_counter(), ["500"]

            async def seen(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status[0] = str(message["status"])
                await send(message)

            with self._at_work.track_inprogress():
                try:
                    await app(scope, receive, seen)
                finally:
                    route = getattr(scope.get("route"), "path_format", None) or "none"
                    self._answered.labels(scope["method"], route, status[0]).inc()
                    self._seconds.labels(scope["method"], route).observe(perf_counter() - begun)

        return watched

    def text(self, standing: dict[str, dict[str, float]]) -> bytes:
        """All figures in the text form that monitoring reads."""
        asked = CollectorRegistry()
        asked.register(_Standing(standing))
        return generate_latest(self.registry) + generate_latest(asked)


class _Standing(Collector):
    """Figures read from the books just now."""

    def __init__(self, figures: dict[str, dict[str, float]]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        """One family a name."""
        for name, values in sorted(self._figures.items()):
            family = GaugeMetricFamily(f"expediter_{name}", name.replace("_", " ").capitalize(), labels=("kind",))
            for kind, value in sorted(values.items()):
                family.add_metric([kind], value)
            yield family
