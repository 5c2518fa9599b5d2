"""The fuzzer: each request of the corpus has a name; figures are good only where nothing was found."""

from dataclasses import replace

from evals.api.corpus import corpus
from evals.api.fuzzing import Figures
from evals.api.hooks_path import HOOKS

GOOD = Figures(
    calls=20_000,
    server_errors=0,
    undocumented_statuses=0,
    unauthorised=0,
    other_failures=0,
    corpus_requests=171,
    corpus_server_errors=0,
    corpus_slowest_s=0.3,
)


def test_every_bad_request_has_a_name_of_its_own() -> None:
    names = [one.name for one in corpus()]

    assert len({*names}) == len(names) > 150


def test_figures_are_good_only_where_nothing_was_found() -> None:
    assert GOOD.good
    for name in ("server_errors", "undocumented_statuses", "unauthorised", "other_failures", "corpus_server_errors"):
        assert not replace(GOOD, **{name: 1}).good
    assert not replace(GOOD, corpus_slowest_s=1.2).good


def test_the_hooks_are_where_schemathesis_is_told() -> None:
    assert HOOKS.is_file()
    assert HOOKS.with_name("schemathesis.toml").is_file()
