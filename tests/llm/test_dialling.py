"""Users' own providers are called at the very addresses that were checked, over real HTTP and the real libraries."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mockloop.llm.dialling import HEAD_START_S, CheckedDialling
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Address, AllFailed, Done, Prompt, Provider
from mockloop.llm.wire import open_client
from mockloop.models.addresses import AddressRules, look_up
from tests.support.fake_provider import TEXT, FakeProvider, fake_provider
from tests.support.leftovers import until

HERE = ipaddress.ip_address("127.0.0.1")
PUBLIC = ipaddress.ip_address("93.184.215.14")
METADATA = ipaddress.ip_address("169.254.169.254")
NAME = "models.test"
PROMPT = Prompt("You interview people.", ("What was said last.",))
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@dataclass
class Resolver:
    """Answers one after another, and the last for ever. Counts how often it was asked."""

    answers: list[Sequence[Address]]
    asked: list[str] = field(default_factory=list)

    async def look_up(self, host: str) -> Sequence[Address]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture(autouse=True)
def _no_proxies_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def fake() -> AsyncIterator[FakeProvider]:
    async with fake_provider() as fake:
        yield fake


def own(fake: FakeProvider, host: str = NAME) -> Provider:
    return replace(fake.provider("openai"), base_url=f"http://{host}:{fake.port}/v1", own=True)


@asynccontextmanager
async def calls(*answers: Sequence[Address], private: bool) -> AsyncIterator[tuple[ModelCalls, AddressRules, Resolver]]:
    resolver = Resolver(list(answers))
    rules = AddressRules(private=private, look_up=resolver.look_up)
    models = ModelCalls(resolve=rules.resolve)
    try:
        yield models, rules, resolver
    finally:
        await models.aclose()


async def said(models: ModelCalls, provider: Provider) -> str:
    async for piece in models.stream([provider], "interviewer", PROMPT):
        if isinstance(piece, Done):
            return piece.text
    raise AssertionError


async def refused(models: ModelCalls, provider: Provider) -> str:
    with pytest.raises(AllFailed) as failed:
        await said(models, provider)
    assert failed.value.faults == ("unreachable",), "asked again in vain"
    assert failed.value.refused is not None
    return failed.value.refused.reason


@pytest.mark.parametrize("private", [False, True])
async def test_a_name_that_leads_elsewhere_after_the_check(fake: FakeProvider, private: bool) -> None:
    provider = own(fake)
    async with calls([PUBLIC], [HERE], private=private) as (models, rules, resolver):
        await rules.check(provider.base_url or "")
        if private:
            assert await said(models, provider) == TEXT
            assert fake.journal[0].headers["host"] == f"{NAME}:{fake.port}"
        else:
            assert "private" in await refused(models, provider)
            assert not fake.journal
        assert resolver.asked == [NAME, NAME]


@pytest.mark.parametrize(
    "address", ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::1", "fec0::1", "10.0.0.1"]
)
async def test_the_own_network_in_every_dress(fake: FakeProvider, address: str) -> None:
    async with calls([ipaddress.ip_address(address)], private=False) as (models, _, _):
        assert "private" in await refused(models, own(fake))


async def test_one_bad_address_of_several_is_enough(fake: FakeProvider) -> None:
    async with calls([HERE, METADATA], private=True) as (models, _, _):
        assert "metadata" in await refused(models, own(fake))
    assert not fake.journal


async def test_a_connection_that_is_kept_was_checked_and_a_new_one_is_checked_anew(fake: FakeProvider) -> None:
    async with calls([HERE], [METADATA], private=True) as (models, _, resolver):
        assert await said(models, own(fake)) == TEXT
        assert await said(models, own(fake)) == TEXT
        assert len(resolver.asked) == 1
        await fake.aclose()
        await until(lambda: not fake.connections, lambda: f"{fake.connections} connections")
        assert "metadata" in await refused(models, own(fake))
        assert len(fake.journal) == 2


async def test_a_connection_of_the_operator_s_is_not_a_user_s(fake: FakeProvider) -> None:
    async with calls([HERE], private=False) as (models, _, resolver):
        theirs = own(fake, "127.0.0.1")
        assert await said(models, replace(theirs, own=False)) == TEXT
        assert not resolver.asked
        assert fake.connections == 1, "a connection is there to be taken"
        for _ in range(3):
            assert "private" in await refused(models, theirs)
        assert await said(models, replace(theirs, own=False)) == TEXT, (
            "refusals are held against users' providers alone"
        )
        assert len(fake.journal) == 2


async def test_a_local_model_by_its_name(fake: FakeProvider) -> None:
    """`localhost` may be ::1 first, where nobody listens."""
    models = ModelCalls(resolve=AddressRules(private=True, look_up=look_up).resolve)
    try:
        assert await said(models, own(fake, "localhost")) == TEXT
    finally:
        await models.aclose()


async def test_without_rules_nothing_of_users_is_called(fake: FakeProvider) -> None:
    models = ModelCalls()
    try:
        assert "nobody has said" in await refused(models, own(fake, "127.0.0.1"))
        assert await said(models, replace(own(fake, "127.0.0.1"), own=False)) == TEXT
    finally:
        await models.aclose()


async def test_a_name_that_nobody_knows_is_unreachable(fake: FakeProvider) -> None:
    async with calls([], private=True) as (models, _, _):
        with pytest.raises(AllFailed) as failed:
            await said(models, own(fake))
    assert set(failed.value.faults) == {"unreachable"}
    assert failed.value.refused is None


@dataclass
class Stream(httpcore2.AsyncNetworkStream):
    host: str
    closed: bool = False

    async def aclose(self) -> None:
        self.closed = True


@dataclass
class Network(httpcore2.AsyncNetworkBackend):
    """Connects after the seconds named for an address; never, where none are named; a refusal is below zero."""

    after_s: dict[str, float]
    streams: list[Stream] = field(default_factory=list)

    async def connect_tcp(self, host: str, *others: Any, **more: Any) -> httpcore2.AsyncNetworkStream:
        if self.after_s.get(host, 0.0) < 0:
            raise httpcore2.ConnectError(host)
        try:
            await asyncio.sleep(self.after_s.get(host, 60.0))
        except asyncio.CancelledError:
            if host in self.after_s:
                raise
            # A connection that stands just when nobody wants it any more.
        self.streams.append(Stream(host))
        return self.streams[-1]


async def dialled(network: Network, *hosts: str, timeout_s: float = 5.0) -> httpcore2.AsyncNetworkStream:
    async def resolve(host: str) -> Sequence[Address]:
        return [ipaddress.ip_address(one) for one in hosts]

    return await CheckedDialling(resolve, network).connect_tcp(NAME, 443, timeout_s)


async def test_an_address_that_is_silent_costs_a_moment() -> None:
    network = Network({"192.0.2.2": 0.0})
    began = asyncio.get_running_loop().time()
    stream = await dialled(network, "2001:db8::1", "192.0.2.2", "192.0.2.3")
    assert isinstance(stream, Stream)
    assert (stream.host, stream.closed) == ("192.0.2.2", False)
    assert HEAD_START_S <= asyncio.get_running_loop().time() - began < 10 * HEAD_START_S
    assert [(one.host, one.closed) for one in network.streams if one is not stream] == [("2001:db8::1", True)]


async def test_all_addresses_are_tried_and_the_last_one_s_error_is_told() -> None:
    with pytest.raises(httpcore2.ConnectError, match=r"192\.0\.2\.2"):
        await dialled(Network({"2001:db8::1": -1, "192.0.2.2": -1}), "2001:db8::1", "192.0.2.2")
    with pytest.raises(httpcore2.ConnectTimeout):
        await dialled(Network({"192.0.2.2": 60.0}), "192.0.2.2", timeout_s=0.05)


@asynccontextmanager
async def server(context: ssl.SSLContext | None = None) -> AsyncIterator[tuple[int, list[str]]]:
    """Answers everything with 200 and "hello"; keeps the head of every request."""
    heads: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield listening.sockets[0].getsockname()[1], heads
    finally:
        listening.close()
        await listening.wait_closed()


async def test_a_proxy_of_the_environment_is_used_and_looks_names_up_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = AddressRules(private=False, look_up=Resolver([[HERE]]).look_up)
    async with server() as (port, heads):
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        async with open_client(rules.resolve) as client:
            assert (await client.get(f"http://{NAME}/v1")).text == "hello"
        assert heads[0].startswith(f"GET http://{NAME}/v1 HTTP/1.1")
        monkeypatch.setenv("NO_PROXY", NAME)
        async with open_client(rules.resolve) as client:
            with pytest.raises(Exception, match="private"):
                await client.get(f"http://{NAME}:{port}/v1")
        assert len(heads) == 1


async def test_tls_knows_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, asked = certified(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    rules = AddressRules(private=True, look_up=Resolver([[HERE]]).look_up)
    async with server(context) as (port, heads), open_client(rules.resolve) as client:
        assert (await client.get(f"https://{NAME}:{port}/v1")).text == "hello"
        assert asked == [NAME]
        assert f"Host: {NAME}:{port}" in heads[0]
        with pytest.raises(Exception, match="certificate"):
            await client.get(f"https://other.test:{port}/v1")


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, list[str]]:
    """A server's side of TLS for `name` alone, and the names that it is asked for; `cert.pem` vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(cert.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    asked: list[str] = []

    def remember(socket: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
        asked.append(name or "")

    context.sni_callback = remember
    return context, asked
