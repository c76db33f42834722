from __future__ import annotations

import dns.flags
import dns.message
import dns.rdatatype
import pytest

from auditor.network.query import PAYLOAD, Dice, encode_name, query, question_section

NAME = "autodiscover.city-of-many-letters.example"


def _read(name: str = NAME, rdtype: str = "MX") -> dns.message.Message:
    return dns.message.from_wire(query(b"\x12\x34", question_section(name, rdtype, Dice())))


def test_dnspython_reads_what_we_ask() -> None:
    message = _read()
    question = message.question[0]
    assert (message.id, question.name.to_text().lower(), question.rdtype) == (
        0x1234,
        NAME + ".",
        dns.rdatatype.MX,
    )


def test_recursion_and_validation_are_asked_for_but_not_signatures() -> None:
    message = _read()
    assert message.flags == dns.flags.RD | dns.flags.AD
    assert not message.ednsflags & dns.flags.DO


def test_replies_that_would_be_fragmented_are_not_asked_for() -> None:
    assert _read().payload == PAYLOAD == 1232


def test_the_case_of_the_letters_is_thrown() -> None:
    """Each letter is one more bit for a forger to guess."""
    sections = {question_section(NAME, "A", dice) for dice in [Dice()] for _ in range(20)}
    assert len(sections) == 20
    assert {section.lower() for section in sections} == {
        encode_name(NAME) + b"\0\x01\0\x01",
    }


def test_only_letters_change() -> None:
    """A digit, a hyphen or the length of a label with one bit flipped is another name."""
    name = "a-0_9.xn--bcher-kva.example"
    for _ in range(50):
        assert question_section(name, "A", Dice()).lower() == encode_name(name) + b"\0\x01\0\x01"


def test_the_root_can_be_asked_for() -> None:
    assert encode_name(".") == b"\0"


@pytest.mark.parametrize(
    "name",
    ["", "a..b", "a." + "b" * 64, ".".join(["a" * 60] * 5), "bücher.example", "a b", r"a\.b"],
)
def test_a_name_that_cannot_be_sent_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"DNS"):
        encode_name(name)


def test_thrown_bytes_do_not_repeat() -> None:
    dice = Dice()
    throws = [dice.throw(16) for _ in range(2000)]
    assert len(set(throws)) == 2000
    assert {len(throw) for throw in throws} == {16}
