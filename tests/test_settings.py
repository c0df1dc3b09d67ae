"""Settings come from the environment, wrong ones are explained in one line each, and none leaks."""

from pathlib import Path

import pytest

from mockloop.crypto import new_master_key_entry
from mockloop.settings import BadSettings, Settings, load_settings, settings_page, unknown_settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOCKLOOP_{name}".upper(), raising=False)


def test_nothing_has_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url is None
    monkeypatch.setenv("MOCKLOOP_DATABASE_URL", "")
    assert load_settings().database_url is None


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKLOOP_PORT", "8001")
    monkeypatch.setenv("MOCKLOOP_HOST", "0.0.0.0")
    settings = load_settings(port=8002, host=None)
    assert (settings.host, settings.port) == ("0.0.0.0", 8002)


def test_each_wrong_setting_is_one_line_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKLOOP_PORT", "eighty")
    monkeypatch.setenv("MOCKLOOP_DATABASE_URL", "mysql://user:geheim@host/name")
    monkeypatch.setenv("MOCKLOOP_MASTER_KEYS", "k1:Z2VoZWlt")
    monkeypatch.setenv("MOCKLOOP_PUBLIC_URL", "example.org/path")
    with pytest.raises(BadSettings) as raised:
        load_settings()
    lines = str(raised.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "MOCKLOOP_PORT",
        "MOCKLOOP_PUBLIC_URL",
        "MOCKLOOP_DATABASE_URL",
        "MOCKLOOP_MASTER_KEYS",
    ]
    assert "geheim" not in str(raised.value)
    assert "Z2VoZWlt" not in str(raised.value)
    assert "6 bytes instead of 32" in lines[-1]


def test_a_direct_url_alone_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKLOOP_DATABASE_DIRECT_URL", "postgresql://host/name")
    with pytest.raises(BadSettings, match="without MOCKLOOP_DATABASE_URL"):
        load_settings()


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = new_master_key_entry("k1")
    monkeypatch.setenv("MOCKLOOP_MASTER_KEYS", entry)
    monkeypatch.setenv("MOCKLOOP_DATABASE_URL", "postgresql://user:geheim@host/name")
    shown = repr(load_settings())
    assert "geheim" not in shown
    assert entry.split(":")[1] not in shown


def test_language_models_for_everybody_in_the_order_in_which_they_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().model_providers == ()
    monkeypatch.setenv("MOCKLOOP_ANTHROPIC_API_KEY", "sk-geheim")
    monkeypatch.setenv("MOCKLOOP_ANTHROPIC_MODEL", "one")
    monkeypatch.setenv("MOCKLOOP_OPENAI_BASE_URL", "http://localhost:11434/v1")
    monkeypatch.setenv("MOCKLOOP_OPENAI_MODEL", "two")
    listed = '[{"name": "mine", "protocol": "openai", "model": "three", "api_key": "sk-geheim", "turn_s": 30}]'
    monkeypatch.setenv("MOCKLOOP_LLM_PROVIDERS", listed)
    settings = load_settings()
    assert [(one.name, one.model) for one in settings.model_providers] == [
        ("mine", "three"),
        ("anthropic", "one"),
        ("openai", "two"),
    ]
    assert "geheim" not in repr(settings) + repr(settings.model_providers)


@pytest.mark.parametrize(
    "chosen",
    [
        {"ANTHROPIC_API_KEY": "sk-geheim"},
        {"ANTHROPIC_MODEL": "one"},
        {"OPENAI_API_KEY": "sk-geheim"},
        {"OPENAI_MODEL": "one"},
        {"LLM_PROVIDERS": '[{"name": "mine", "protocol": "openai", "model": "one"}]'},
        {"LLM_PROVIDERS": '[{"name": "mine", "protocol": "other", "model": "one", "api_key": "sk-geheim"}]'},
        {"LLM_PROVIDERS": '[{"name": "mine", "protocol": "openai", "model": "one", "base_url": "file:///geheim"}]'},
        {
            "LLM_PROVIDERS": '[{"name": "anthropic", "protocol": "openai", "model": "one", "api_key": "sk-geheim"}]',
            "ANTHROPIC_API_KEY": "sk-geheim",
            "ANTHROPIC_MODEL": "one",
        },
    ],
)
def test_a_model_that_cannot_be_asked_is_a_mistake(chosen: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in chosen.items():
        monkeypatch.setenv(f"MOCKLOOP_{name}", value)
    with pytest.raises(BadSettings) as raised:
        load_settings()
    assert "geheim" not in str(raised.value)


def test_a_typing_error_is_noticed() -> None:
    assert unknown_settings({"MOCKLOOP_PROT": "1", "MOCKLOOP_PORT": "1", "PATH": "/"}) == [
        "MOCKLOOP_PROT is not a setting; did you mean MOCKLOOP_PORT?"
    ]


def test_the_master_key_is_made_in_the_data_folder_or_explained(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data")
    settings.load_master_keys()
    assert settings.master_key_path.stat().st_mode & 0o777 == 0o600
    settings.master_key_path.write_text("nonsense")
    with pytest.raises(BadSettings, match=r"master\.key cannot be used"):
        settings.load_master_keys()


def test_a_master_key_from_the_environment_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKLOOP_MASTER_KEYS", new_master_key_entry("k1"))
    settings = load_settings(data_dir=tmp_path)
    settings.load_master_keys()
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_settings_is_fresh_and_describes_each() -> None:
    assert PAGE.read_text() == settings_page()
    assert all(field.description for field in Settings.model_fields.values())
