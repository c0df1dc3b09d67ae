"""Where a provider's address may lead."""

import ipaddress

import pytest

from mockloop.models.addresses import AddressRules, look_up
from mockloop.models.errors import AddressNotUsable
from tests.models.conftest import Names

NEVER = [
    "http://169.254.169.254/latest/meta-data",
    "http://169.254.1.1",
    "http://[fe80::1]/v1",
    "http://[fd00:ec2::254]/v1",
    "http://[::ffff:169.254.169.254]/v1",
    "http://[64:ff9b::a9fe:a9fe]/v1",
    "http://[2002:a9fe:a9fe::]/v1",
    "http://100.100.100.200",
    "http://168.63.129.16",
    "http://0xa9fea9fe/v1",
    "http://2852039166/v1",
    "http://0.0.0.0:11434/v1",
    "http://[::]/v1",
    "http://224.0.0.1",
    "http://metadata.google.internal/v1",
    "http://METADATA.google.internal./v1",
    "ftp://example.org",
    "file:///etc/passwd",
    "http://",
    "localhost:11434",
    "http://user:secret@example.org/v1",
    "http://example.org/v1?key=1",
    "http://example.org/v1#x",
    "http://[::1",
    "http://example.org:port",
]

PRIVATE = [
    "http://localhost.test:11434/v1",
    "http://127.0.0.1:11434/v1",
    "http://127.1/v1",
    "http://0x7f000001/v1",
    "http://[::1]:11434/v1",
    "http://10.1.2.3/v1",
    "http://192.168.0.7:8000/v1",
    "http://100.64.0.1/v1",
    "http://[fd12::1]/v1",
    "http://[::ffff:10.0.0.1]/v1",
]

PUBLIC = ["https://example.org/v1", "http://93.184.215.14", "https://nobody-knows.test/v1", "http://[2606:4700::1111]"]


@pytest.fixture
def names(names: Names) -> Names:
    names.known = {
        "example.org": [ipaddress.ip_address("93.184.215.14")],
        "localhost.test": [ipaddress.ip_address("127.0.0.1")],
        "two-faced.test": [ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address("169.254.169.254")],
    }
    return names


@pytest.mark.parametrize("url", [*NEVER, "https://two-faced.test/v1"])
@pytest.mark.parametrize("private", [True, False])
async def test_these_are_refused_always(url: str, private: bool, names: Names) -> None:
    with pytest.raises(AddressNotUsable):
        await AddressRules(private=private, look_up=names.look_up).check(url)


@pytest.mark.parametrize("url", PRIVATE)
async def test_the_own_network_is_for_installations_that_allow_it(url: str, names: Names) -> None:
    await AddressRules(private=True, look_up=names.look_up).check(url)
    with pytest.raises(AddressNotUsable, match="private"):
        await AddressRules(private=False, look_up=names.look_up).check(url)


@pytest.mark.parametrize("url", PUBLIC)
async def test_the_world_is_open(url: str, names: Names) -> None:
    await AddressRules(private=False, look_up=names.look_up).check(url)


async def test_real_names_are_looked_up_and_unknown_ones_are_nothing() -> None:
    assert any(address.is_loopback for address in await look_up("localhost"))
    assert await look_up("no-such-name.invalid") == ()
    assert await look_up("x" * 300) == ()
