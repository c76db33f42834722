from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor import reporting
from auditor.sealing.authority import Authority
from tests.reporting import sample
from tests.sealing import certified
from tests.sealing.certified import Holder
from tests.sealing.timestamping import TimeStampAuthority, asking, openssl_authority

FILES = {"bundle.zip": b"PK\x05\x06" + bytes(18), "assessment.json": b'{"format":1}'}


@pytest.fixture(scope="session")
def report() -> bytes:
    """A PDF report that carries files."""
    return reporting.render("pdf", sample.assessment(), "fr", FILES)


@pytest.fixture(scope="session")
def root() -> Holder:
    """The authority above whoever signs."""
    return certified.authority()


@pytest.fixture(scope="session")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeStampAuthority]:
    """A time-stamp authority."""
    with openssl_authority(tmp_path_factory.mktemp("tsa")) as running:
        yield running


@pytest.fixture
def authority(tsa: TimeStampAuthority) -> Authority:
    """The same, as it is asked."""
    tsa.queries.clear()
    return asking(tsa)
